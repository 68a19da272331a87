import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

/** What becomes of the directory of an organization that is disconnected. */
export class DisconnectIntegrationQuery {
  @ApiPropertyOptional({
    enum: ['true', 'false'],
    default: 'false',
    description:
      'Whether the directory is kept with its runs and changes, without a credential, to be read, and to be taken up by connecting the organization again.',
  })
  @IsOptional()
  @IsIn(['true', 'false'])
  keepDirectory?: 'true' | 'false';
}
