import { Injectable, Logger } from '@nestjs/common';
import { DataSource, EntityManager, In } from 'typeorm';
import type { ListedMember } from '../../github/errors/github-answers.js';
import { ChangeContext, ChangeLog } from '../changes/change-log.js';
import {
  type ChangeCounts,
  type ChangeDraft,
  changed,
  countChanges,
  joined,
  left,
  returned,
} from '../changes/changes.js';
import { Member } from '../member.entity.js';
import { accepted, notStored, type RefusedIds } from '../writing/accepted.js';
import { chunks } from '../writing/bulk.js';
import { Difference, diff, ObservedMember } from '../writing/diff.js';
import { memberRow } from '../writing/member-row.js';
import { MemberWriter } from '../writing/member-writer.js';
import { isTooLong } from '../writing/too-long.js';
import { lockMembers } from './lock-members.js';

/** The result for one part of GitHub's list, in people. */
export interface Applied {
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  reactivated: number;
  changes: ChangeCounts;
}

/** How many people's status a removal or a return changed, and all changes that were recorded. */
export interface StatusChangeResult {
  people: number;
  changes: ChangeCounts;
}

/** Writes an integration's directory in bulk and records each change, in the caller's transaction. */
@Injectable()
export class DirectoryUpdates {
  private readonly logger = new Logger(DirectoryUpdates.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly writer: MemberWriter,
    private readonly log: ChangeLog,
  ) {}

  /**
   * Writes the observed people to the directory. A person whose values are too long, or whom the database refuses,
   * fails alone.
   * @param areNew true where none of them can be in the directory: then none is looked up
   */
  async apply(
    manager: EntityManager,
    context: ChangeContext,
    observed: ObservedMember[],
    areNew = false,
  ): Promise<Applied> {
    const tooLong = this.tooLong(observed);
    const fitting = accepted(observed, tooLong);
    const ids = fitting.map(({ githubId }) => githubId);
    const known = areNew ? [] : await lockMembers(manager, context.integrationId, ids);
    const difference = diff(known, fitting);
    // Changes first: no member may be written without the change that explains it.
    const unrecorded = await this.log.recordAccepted(manager, context, draftsOf(difference));
    const rows = accepted(rowsOf(difference, context), unrecorded);
    const unwritten = await this.writer.write(manager, rows);
    await this.log.forget(manager, context, unwritten);
    const refused = new Set([...tooLong, ...unrecorded, ...unwritten]);
    const applied = without(difference, refused);
    await this.markPresent(manager, returning(applied), context.at);
    const changes = countChanges(draftsOf(applied));
    return { ...count(applied, refused), changes };
  }

  /** Marks people as gone, and returns how many were active. Somebody disabled by hand stays disabled. */
  async removeAll(
    manager: EntityManager,
    context: ChangeContext,
    githubIds: number[],
  ): Promise<StatusChangeResult> {
    const members = await lockMembers(manager, context.integrationId, githubIds);
    const gone = members.filter(({ present }) => present);
    for (const some of chunks(gone))
      await manager.update(Member, idsOf(some), {
        present: false,
        leftAt: context.at,
        updatedAt: context.at,
        status: () => "CASE status WHEN 'active' THEN 'left' ELSE status END",
      });
    const changes = await this.log.record(manager, context, gone.map(left));
    return { people: gone.filter(({ status }) => status === 'active').length, changes };
  }

  async isEmpty(integrationId: number): Promise<boolean> {
    return !(await this.dataSource.manager.existsBy(Member, { integrationId }));
  }

  /** Those of the people who are in the directory, in the shape of GitHub's list. */
  async listed(integrationId: number, githubIds: number[]): Promise<ListedMember[]> {
    const rows = await this.dataSource
      .createQueryBuilder(Member, 'member')
      .select('member.github_id', 'id')
      .addSelect('member.node_id', 'node_id')
      .addSelect('member.login', 'login')
      .addSelect('member.avatar_url', 'avatar_url')
      .where({ integrationId, githubId: In(githubIds) })
      .getRawMany<ListedMember>();
    return rows.map((row) => ({ ...row, id: Number(row.id) }));
  }

  private tooLong(observed: ObservedMember[]): RefusedIds {
    const ids = new Set(observed.filter(isTooLong).map(({ githubId }) => githubId));
    for (const githubId of ids) this.logger.warn(notStored('member', githubId, 'too long'));
    return ids;
  }

  private async markPresent(manager: EntityManager, members: Member[], at: Date): Promise<void> {
    for (const some of chunks(members))
      await manager.update(Member, idsOf(some), {
        present: true,
        joinedAt: at,
        leftAt: null,
        updatedAt: at,
        status: () => "CASE status WHEN 'left' THEN 'active' ELSE status END",
      });
  }
}

const idsOf = (members: Member[]) => ({ id: In(members.map(({ id }) => id)) });

const returning = ({ updated }: Difference<Member>): Member[] =>
  updated.filter(({ returns }) => returns).map(({ before }) => before);

const draftsOf = (difference: Difference<Member>): ChangeDraft[] => [
  ...difference.created.map(joined),
  ...returning(difference).map(returned),
  ...difference.updated.flatMap(({ before, after }) => changed(before, after)),
];

const rowsOf = (
  { created, updated, learnt }: Difference<Member>,
  { integrationId, at }: ChangeContext,
) =>
  [...created, ...[...updated, ...learnt].map(({ after }) => after)].map((person) =>
    memberRow(integrationId, person, at),
  );

const without = (
  { created, updated, learnt, unchanged }: Difference<Member>,
  refused: RefusedIds,
): Difference<Member> => ({
  created: accepted(created, refused),
  updated: updated.filter(({ before }) => !refused.has(before.githubId)),
  learnt: learnt.filter(({ before }) => !refused.has(before.githubId)),
  unchanged,
});

const count = (
  { created, updated, learnt, unchanged }: Difference<Member>,
  refused: RefusedIds,
) => ({
  created: created.length,
  updated: updated.length,
  unchanged: unchanged.length + learnt.length,
  failed: refused.size,
  reactivated: updated.filter(({ before, returns }) => returns && before.status === 'left').length,
});
