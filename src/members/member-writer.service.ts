import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { isDataError } from '../platform/database/dialect.js';
import { insertRows } from '../platform/database/insert-rows.js';
import { chunks } from './bulk.js';
import { Member } from './member.entity.js';

/** GitHub's ids of the people whom the database refused. */
export type Refused = ReadonlySet<number>;

/** Standing is only set for somebody new; of the others the columns of `Person` are overwritten. */
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

/** Of all rows that are written together. */
const SAME = ['integrationId', 'status', 'present', 'leftAt'] as const satisfies (keyof Member)[];

/** Writes members in bulk; where the database refuses one, all the others are written. */
@Injectable()
export class MemberWriter {
  private readonly logger = new Logger(MemberWriter.name);

  async write(manager: EntityManager, rows: Partial<Member>[]): Promise<Refused> {
    const refused = new Set<number>();
    for (const some of chunks(rows)) await this.writeSome(manager, some, refused);
    return refused;
  }

  /** Writes rows together, and where one of them is refused halves them until it stands alone. */
  private async writeSome(
    manager: EntityManager,
    rows: Partial<Member>[],
    refused: Set<number>,
  ): Promise<void> {
    try {
      await insertRows(manager, Member, rows, OVERWRITING, [...SAME]);
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (rows.length === 1) return this.refuse(rows[0]?.githubId ?? 0, refused, error);
      const half = Math.ceil(rows.length / 2);
      await this.writeSome(manager, rows.slice(0, half), refused);
      await this.writeSome(manager, rows.slice(half), refused);
    }
  }

  private refuse(githubId: number, refused: Set<number>, error: unknown): void {
    refused.add(githubId);
    const { code } = (error as { driverError?: { code?: string } }).driverError ?? {};
    this.logger.warn(`The member with GitHub's id ${githubId} could not be stored (${code}).`);
  }
}
