import { Injectable, Logger } from '@nestjs/common';
import { DataSource, EntityManager, In } from 'typeorm';
import type { ListedMember } from '../../github/errors/github-answers.js';
import { listOf } from '../affiliation.js';
import { ChangeContext, ChangeLog } from '../changes/change-log.js';
import {
  addChanges,
  type ChangeCounts,
  collaboratorAdded,
  collaboratorRemoved,
  countChanges,
  left,
} from '../changes/changes.js';
import { GithubTeamUpdates } from '../github-teams/team-updates.js';
import { type ComparedIdentities, comparedIdentities } from '../identities/compared-identities.js';
import { Member } from '../member.entity.js';
import { accepted, notStored, type RefusedIds } from '../writing/accepted.js';
import { Difference, diff, ObservedMember } from '../writing/diff.js';
import { memberRow, type Standing } from '../writing/member-row.js';
import { MemberWriter } from '../writing/member-writer.js';
import { isTooLong } from '../writing/too-long.js';
import { draftsOf, type FollowedList, MEMBERS, OUTSIDE_COLLABORATORS } from './followed-list.js';
import { enterList, leaveList } from './list-moves.js';
import { lockMembers } from './lock-members.js';

/** The result for one part of GitHub's list, in people. */
export interface Applied {
  created: number;
  updated: number;
  unchanged: number;
  failed: number;
  reactivated: number;
  changes: ChangeCounts;
  identities: ComparedIdentities;
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
    private readonly teams: GithubTeamUpdates,
  ) {}

  /**
   * Writes the observed people to the directory. A person whose values are too long, or whom the database refuses,
   * fails alone.
   * @param options.areNew true where none of them can be in the directory: then none is looked up
   * @param options.list the list that has them; nobody on the list of outside collaborators may be a member
   */
  async apply(
    manager: EntityManager,
    context: ChangeContext,
    observed: ObservedMember[],
    { areNew = false, list = MEMBERS }: { areNew?: boolean; list?: FollowedList } = {},
  ): Promise<Applied> {
    const tooLong = this.tooLong(observed);
    const fitting = accepted(observed, tooLong);
    const ids = fitting.map(({ githubId }) => githubId);
    const known = areNew ? [] : await lockMembers(manager, context.integrationId, ids);
    const difference = diff(known, fitting, list.has);
    // Changes first: no member may be written without the change that explains it.
    const unrecorded = await this.log.recordAccepted(manager, context, draftsOf(difference, list));
    const rows = accepted(rowsOf(difference, context, list.standing), unrecorded);
    const unwritten = await this.writer.write(manager, rows);
    await this.log.forget(manager, context, unwritten);
    const refused = new Set([...tooLong, ...unrecorded, ...unwritten]);
    const applied = without(difference, refused);
    await enterList(manager, context, list.name, entering(applied));
    const changes = countChanges(draftsOf(applied, list));
    const identities = comparedIdentities(known, fitting);
    return { ...count(applied, refused), changes, identities };
  }

  /**
   * Takes people off their list, and returns how many were active members. A member who is on the list of outside
   * collaborators becomes one. Who leaves the organization leaves its teams.
   */
  async removeAll(
    manager: EntityManager,
    context: ChangeContext,
    githubIds: number[],
  ): Promise<StatusChangeResult> {
    const found = await lockMembers(manager, context.integrationId, githubIds);
    const members = found.filter(MEMBERS.has);
    const collaborators = found.filter((one) => !one.present && OUTSIDE_COLLABORATORS.has(one));
    const turning = members.filter(OUTSIDE_COLLABORATORS.has).map(withoutMembership);
    await leaveList(manager, context, 'member', members);
    await leaveList(manager, context, 'outside_collaborator', collaborators);
    await enterList(manager, context, 'outside_collaborator', turning);
    const changes = await this.log.record(manager, context, [
      ...members.map(left),
      ...collaborators.map(collaboratorRemoved),
      ...turning.map(collaboratorAdded),
    ]);
    const ofTeams = await this.teams.leaveAll(manager, context, members);
    return {
      people: members.filter(({ status }) => status === 'active').length,
      changes: addChanges(changes, ofTeams),
    };
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
}

const withoutMembership = (member: Member): Member => ({
  ...member,
  status: member.status === 'active' ? 'left' : member.status,
  present: false,
  outside: null,
});

const entering = ({ updated }: Difference<Member>): Member[] =>
  updated.filter(({ returns }) => returns).map(({ before }) => before);

const rowsOf = (
  { created, updated, learnt }: Difference<Member>,
  { integrationId, at }: ChangeContext,
  standing: Standing,
) =>
  [...created, ...[...updated, ...learnt].map(({ after }) => after)].map((person) =>
    memberRow(integrationId, person, at, standing),
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

function count({ created, updated, learnt, unchanged }: Difference<Member>, refused: RefusedIds) {
  const back = updated.filter(({ before, returns }) => returns && before.status === 'left');
  const reactivated = back.filter(({ before }) => listOf(before) === 'member').length;
  const joined = back.length - reactivated;
  return {
    created: created.length + joined,
    updated: updated.length - joined,
    unchanged: unchanged.length + learnt.length,
    failed: refused.size,
    reactivated,
  };
}
