import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager, In, IsNull, MoreThan } from 'typeorm';
import { plainRows } from '../../platform/database/plain-rows.js';
import { updateRows } from '../../platform/database/update-rows.js';
import { type ChangeContext, ChangeLog } from '../changes/change-log.js';
import { type ChangeCounts, type ChangeDraft } from '../changes/changes.js';
import type { ChangedValues } from '../changes/member-change.entity.js';
import { MemberChange } from '../changes/member-change.entity.js';
import { Member } from '../member.entity.js';
import { notStored } from '../writing/accepted.js';
import { chunks } from '../writing/bulk.js';
import { isIdentityTooLong } from '../writing/too-long.js';
import {
  type IdentifiedMember,
  type IdentityDifference,
  recordedFields,
  type WorkIdentity,
} from './identity-difference.js';

const COLUMNS = [
  'id',
  'githubId',
  'nodeId',
  'login',
  'identityLinked',
  'samlNameId',
  'scimUserName',
  'verifiedEmails',
] as const satisfies (keyof Member)[];

/** The most members read at once. */
const MEMBERS_PER_READ = 2_000;

/** Keeps who the members of a directory are at work. */
@Injectable()
export class IdentityUpdates {
  private readonly logger = new Logger(IdentityUpdates.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: ChangeLog,
  ) {}

  /** Everybody who is in the organization, in batches. */
  async *members(integrationId: number): AsyncGenerator<IdentifiedMember[]> {
    for (let after = 0; ; ) {
      const some = await plainRows(
        this.dataSource
          .createQueryBuilder(Member, 'member')
          .select(COLUMNS.map((property) => `member.${property}`))
          .where({ integrationId, present: true, githubId: MoreThan(after) })
          .orderBy('member.githubId')
          .limit(MEMBERS_PER_READ),
        COLUMNS,
      );
      const last = some.at(-1);
      if (!last) return;
      yield some;
      after = last.githubId;
    }
  }

  /** How many people whom the run found first had an identity from the beginning. */
  newlyLinked(integrationId: number, runId: number): Promise<number> {
    return this.dataSource
      .createQueryBuilder(MemberChange, 'change')
      .innerJoin(
        Member,
        'member',
        'member.integration_id = :integrationId AND member.github_id = change.github_id',
        { integrationId },
      )
      .where({ runId, before: IsNull() })
      .andWhere('member.identity_linked = :linked', { linked: true })
      .getCount();
  }

  /** Those whose values can be stored; the others keep what is known. */
  fitting(differences: IdentityDifference[]): IdentityDifference[] {
    return differences.filter(({ member, after }) => {
      const isTooLong = isIdentityTooLong(after);
      if (isTooLong) this.logger.warn(notStored('identity', member.githubId, 'too long'));
      return !isTooLong;
    });
  }

  /** Records differences and writes them, in the caller's transaction. */
  async apply(
    manager: EntityManager,
    context: ChangeContext,
    differences: IdentityDifference[],
  ): Promise<ChangeCounts> {
    const newcomers = await newInRun(manager, context, differences);
    const known = differences.filter(({ member }) => !newcomers.has(member.githubId));
    const changes = await this.log.record(manager, context, known.flatMap(draftsOf));
    const updatedAt = context.at;
    const rows = differences.map(({ member: { id }, after }) => ({ id, ...after, updatedAt }));
    await updateRows(manager, Member, rows);
    return changes;
  }
}

/**
 * People whom this run found first. They have always had what they have: it is no change, and as of an earlier date the
 * directory does not have them.
 */
async function newInRun(
  manager: EntityManager,
  { runId }: ChangeContext,
  differences: IdentityDifference[],
): Promise<Set<number>> {
  const first = differences.filter(({ member }) => !member.identityLinked);
  const found = new Set<number>();
  for (const some of chunks(first)) {
    const changes = await manager.find(MemberChange, {
      select: { id: true, githubId: true },
      where: {
        runId: runId ?? 0,
        before: IsNull(),
        githubId: In(some.map(({ member }) => member.githubId)),
      },
    });
    for (const { githubId } of changes) found.add(githubId);
  }
  return found;
}

function draftsOf({ member, after }: IdentityDifference): ChangeDraft[] {
  const fields = recordedFields(member, after);
  if (fields.length === 0) return [];
  const { githubId, login } = member;
  const values = (of: WorkIdentity): ChangedValues =>
    Object.fromEntries(fields.map((field) => [field, of[field]]));
  return [{ githubId, login, kind: 'identity', before: values(member), after: values(after) }];
}
