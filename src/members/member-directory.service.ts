import { Injectable, Logger } from '@nestjs/common';
import { EntityManager, In } from 'typeorm';
import { isDataError } from '../platform/database/dialect.js';
import { Difference, diff, Observed, Person } from './diff.js';
import { Member } from './member.entity.js';

/** How one part of GitHub's list was applied, in people. */
export interface Applied {
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  reactivated: number;
}

/** SQLite takes 32,766 values a statement, and a member has 17. */
const ROWS_A_STATEMENT = 1_500;

/** Writes an integration's directory, in bulk; always within the caller's transaction. */
@Injectable()
export class MemberDirectory {
  private readonly logger = new Logger(MemberDirectory.name);

  /** Brings the people observed into the directory. One person whom the database refuses fails alone. */
  async apply(
    manager: EntityManager,
    integrationId: number,
    observed: Observed[],
    at: Date,
  ): Promise<Applied> {
    const known = await this.find(
      manager,
      integrationId,
      observed.map(({ githubId }) => githubId),
    );
    const difference = diff(known, observed);
    const rows = [...difference.created, ...difference.updated.map(({ after }) => after)].map(
      (person) => row(integrationId, person, at),
    );
    const refused = await this.writeAll(manager, rows);
    await this.welcomeBack(manager, difference, refused, at);
    return count(difference, refused);
  }

  /** Marks people as gone. Somebody disabled by hand stays disabled. */
  async markLeft(manager: EntityManager, ids: number[], at: Date): Promise<void> {
    for (const some of chunks(ids))
      await manager.update(
        Member,
        { id: In(some) },
        {
          present: false,
          leftAt: at,
          updatedAt: at,
          status: () => "CASE status WHEN 'active' THEN 'left' ELSE status END",
        },
      );
  }

  private async find(
    manager: EntityManager,
    integrationId: number,
    githubIds: number[],
  ): Promise<Member[]> {
    const found: Member[] = [];
    for (const some of chunks(githubIds))
      found.push(...(await manager.findBy(Member, { integrationId, githubId: In(some) })));
    return found;
  }

  private async writeAll(manager: EntityManager, rows: Partial<Member>[]): Promise<Set<number>> {
    const refused = new Set<number>();
    for (const some of chunks(rows)) await this.write(manager, some, refused);
    return refused;
  }

  /** Writes rows together, and where one of them is refused halves them until it stands alone. */
  private async write(
    manager: EntityManager,
    rows: Partial<Member>[],
    refused: Set<number>,
  ): Promise<void> {
    try {
      await upsert(manager, rows);
    } catch (error) {
      if (!isDataError(error)) throw error;
      if (rows.length === 1) return this.refuse(rows[0], refused, error);
      const half = Math.ceil(rows.length / 2);
      await this.write(manager, rows.slice(0, half), refused);
      await this.write(manager, rows.slice(half), refused);
    }
  }

  private refuse(row: Partial<Member> | undefined, refused: Set<number>, error: unknown): void {
    const githubId = row?.githubId ?? 0;
    refused.add(githubId);
    this.logger.warn(
      `The member with GitHub's id ${githubId} could not be stored: ${(error as Error).message}`,
    );
  }

  /** The status is decided in the statement, lest an admin's disabling at the same moment be undone. */
  private async welcomeBack(
    manager: EntityManager,
    { updated }: Difference<Member>,
    refused: Set<number>,
    at: Date,
  ) {
    const ids = updated
      .filter(({ before, returns }) => returns && !refused.has(before.githubId))
      .map(({ before }) => before.id);
    for (const some of chunks(ids))
      await manager.update(
        Member,
        { id: In(some) },
        {
          present: true,
          joinedAt: at,
          leftAt: null,
          status: () => "CASE status WHEN 'left' THEN 'active' ELSE status END",
        },
      );
  }
}

/** Standing is only set for somebody new; of the others the columns of `Person` are overwritten. */
const OVERWRITTEN = [
  'node_id',
  'login',
  'login_key',
  'name',
  'email',
  'avatar_url',
  'role',
  'two_factor_enabled',
  'updated_at',
];

async function upsert(manager: EntityManager, rows: Partial<Member>[]): Promise<void> {
  await manager
    .createQueryBuilder()
    .insert()
    .into(Member)
    .values(rows)
    .orUpdate(OVERWRITTEN, ['integration_id', 'github_id'])
    .updateEntity(false)
    .execute();
}

const row = (integrationId: number, person: Person, at: Date): Partial<Member> => ({
  ...person,
  integrationId,
  loginKey: person.login.toLowerCase(),
  status: 'active',
  present: true,
  joinedAt: at,
  leftAt: null,
  updatedAt: at,
});

function count({ created, updated, unchanged }: Difference<Member>, refused: Set<number>): Applied {
  const kept = updated.filter(({ before }) => !refused.has(before.githubId));
  return {
    created: created.filter(({ githubId }) => !refused.has(githubId)).length,
    updated: kept.length,
    unchanged: unchanged.length,
    failed: refused.size,
    reactivated: kept.filter(({ before, returns }) => returns && before.status === 'left').length,
  };
}

function* chunks<T>(all: T[]): Generator<T[]> {
  for (let i = 0; i < all.length; i += ROWS_A_STATEMENT) yield all.slice(i, i + ROWS_A_STATEMENT);
}
