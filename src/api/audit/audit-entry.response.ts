import { ApiProperty } from '@nestjs/swagger';
import type { ActorKind } from '../../accounts/audit/audit-entry.entity.js';
import type { PresentedEntry } from '../../accounts/audit/audit-log.js';

const VALUES = { type: 'object', nullable: true, additionalProperties: true } as const;

class ActorResponse {
  @ApiProperty({
    enum: ['user', 'token', 'command', 'server'],
    example: 'user',
    description: '`server`: Rollcall itself, such as a schedule.',
  })
  kind: ActorKind;

  @ApiProperty({ example: 'ada@example.com' })
  name: string;
}

/** One action that changed something. */
export class AuditEntryResponse implements PresentedEntry {
  @ApiProperty({ type: 'integer', example: 12 })
  id: number;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-11-23T09:30:12.480Z' })
  at: Date;

  @ApiProperty({ type: ActorResponse })
  actor: ActorResponse;

  @ApiProperty({ example: 'member.disable' })
  action: string;

  @ApiProperty({ example: 'mara-lindqvist of acme' })
  subject: string;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '203.0.113.7',
    description: 'The IP address of the client. Null for commands and the server.',
  })
  address: string | null;

  @ApiProperty({ ...VALUES, example: null, description: 'The changed values before. No secrets.' })
  before: PresentedEntry['before'];

  @ApiProperty({ ...VALUES, example: { logins: ['mara-lindqvist'] }, description: 'And after.' })
  after: PresentedEntry['after'];

  @ApiProperty({
    example: 'c0535e4be2b79ffd93291305436bf889314e4a3faec05ecffcbb7df31ad9e51a',
    description: 'SHA-256 in hex of the hash before it and of this entry.',
  })
  hash: string;
}
