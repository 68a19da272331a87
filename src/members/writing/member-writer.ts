import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import { Member } from '../member.entity.js';
import { notStored, type RefusedIds, refusalOf, writeAccepted } from './accepted.js';
import type { MemberRow } from './member-row.js';

/** `present`, `outside`, `status` and identities are set for new members only; for known ones the columns of `Person` are overwritten. */
const OVERWRITING = {
  key: ['integration_id', 'github_id'],
  columns: [
    'node_id',
    'login',
    'login_key',
    'name',
    'name_key',
    'name_key_2',
    'name_key_3',
    'name_key_more',
    'email',
    'avatar_url',
    'role',
    'two_factor_enabled',
    'suspended',
    'github_type',
    'updated_at',
  ],
};

/** Properties with one value for all rows of a write. */
const SAME = [
  'integrationId',
  'status',
  'present',
  'outside',
  'joinedAt',
  'leftAt',
  'updatedAt',
] as const satisfies (keyof Member)[];

/** Writes members in bulk; where the database refuses one, all the others are written. */
@Injectable()
export class MemberWriter {
  private readonly logger = new Logger(MemberWriter.name);

  write(manager: EntityManager, rows: MemberRow[]): Promise<RefusedIds> {
    return writeAccepted(
      rows,
      (some) => insertRows(manager, Member, some, OVERWRITING, [...SAME]),
      ({ githubId }, error) => this.logger.warn(notStored('member', githubId, refusalOf(error))),
    );
  }
}
