import { ApiProperty } from '@nestjs/swagger';

/** An error in the form of RFC 9457, with a stable code and what to do next. */
export class ProblemResponse {
  @ApiProperty({ format: 'uri-reference', example: 'about:blank' })
  type: string;

  @ApiProperty({ example: 'Not Found', description: 'The HTTP status text.' })
  title: string;

  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599, example: 404 })
  status: number;

  @ApiProperty({
    example: 'Your team does not have this integration.',
    description: 'What happened.',
  })
  detail: string;

  @ApiProperty({ example: 'integration_not_found', description: 'Stable.' })
  code: string;

  @ApiProperty({
    example: 'Choose one listed under Integrations.',
    description: 'What to do next.',
  })
  remedy: string;
}
