import { ApiProperty } from '@nestjs/swagger';
import type {
  CredentialKind,
  VisibleFields,
} from '../../integrations/connections/credential.entity.js';

/** What a sync sees with a credential. */
export class SeesResponse implements VisibleFields {
  @ApiProperty({
    example: true,
    description: 'False: only members whose membership is public.',
  })
  everybody: boolean;

  @ApiProperty({ example: true })
  roles: boolean;

  @ApiProperty({
    example: true,
    description: 'Two-factor authentication. Only a token of an owner can read it.',
  })
  twoFactor: boolean;

  @ApiProperty({ example: true, description: 'Public email addresses.' })
  email: boolean;
}

/** An integration's credential, as GitHub reported at the connection or in the latest run that checked it. */
export class CredentialResponse {
  @ApiProperty({ enum: ['token', 'oauth', 'installation'], example: 'token' })
  kind: CredentialKind;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-12-24T09:30:00.000Z',
    description: 'Null for a credential that never expires, or when GitHub does not report it.',
  })
  expiresAt: string | null;

  @ApiProperty({ type: SeesResponse, nullable: true, description: 'Null until the first check.' })
  sees: SeesResponse | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:30:00.420Z',
    description: 'When GitHub reported it.',
  })
  checkedAt: string | null;
}
