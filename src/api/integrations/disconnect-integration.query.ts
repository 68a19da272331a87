import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

/** What to do with the directory of a disconnected organization. */
export class DisconnectIntegrationQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description:
      'Whether to keep the directory with its runs and changes. It stays readable, and continues when the organization is connected again.',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  keepDirectory?: 'true' | 'false';
}
