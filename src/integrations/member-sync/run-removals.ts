import { EntityManager } from 'typeorm';
import { isAnyMember, listLacksMembers } from '../../github/members/confirm-leavers.js';
import { DirectoryUpdates } from '../../members/directory/directory-updates.js';
import { Member } from '../../members/member.entity.js';
import { missing } from '../../members/writing/diff.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { type Leaver, MAX_MEMBERS_PER_READ, presentAfter, presentAmong } from './leavers.js';
import type { OrganizationAccess } from './organization-accesses.js';
import { type RemovingRun, removalLimit } from './removal-limit.js';
import { hold, isActive, type Removed } from './removed.js';

/** Everybody in a list that was proven complete. */
export interface Seen {
  githubIds: ReadonlySet<number>;
  /** How many of them the directory refused. */
  failed: number;
}

/** More people are not checked one by one: the list was proven by reading it twice. */
const MAX_LEAVERS_ASKED_ONE_BY_ONE = 100;

/** The removals of one execution of a run. */
export class RunRemovals {
  /** GitHub's ids of people who were in the previous list, and are not in this one. */
  private candidates: number[] = [];
  private asked: Promise<Leaver[]> | undefined;

  constructor(
    private readonly manager: EntityManager,
    private readonly directory: DirectoryUpdates,
    private readonly access: OrganizationAccess,
    private readonly run: RemovingRun,
    private readonly listedBefore: ReadonlySet<number>,
  ) {}

  /** Begins to ask about people who are missing from the proven list, while profiles are still read. */
  begin(listed: number[]): void {
    const present = new Set(listed);
    this.candidates = [...this.listedBefore].filter((githubId) => !present.has(githubId));
    if (this.candidates.length === 0 || !isFew(this.candidates)) return;
    this.asked = presentAmong(this.manager, this.run.integrationId, this.candidates).then(
      (leavers) => this.ask(leavers),
    );
    // `confirm` reports the failure.
    this.asked.catch(() => undefined);
  }

  /**
   * Asks GitHub about each person who would be removed, if they are few enough, and whether the credential still sees
   * everybody: a token's owner who left the organization sees public members only.
   * @throws GithubFailure `listing_incomplete` if somebody who is missing from the list is a member; `visibility_reduced`
   */
  async confirm(seen: Seen): Promise<void> {
    const gone = await this.gone(this.manager, seen);
    if (gone.length === 0) return;
    const asked = new Set(idsOf((await this.asked) ?? []));
    const areAsked =
      asked.size === gone.length && gone.every(({ githubId }) => asked.has(githubId));
    if (!areAsked) await this.ask(gone);
  }

  /** Removes or holds, in the caller's transaction; returns the counts of both. */
  async apply(manager: EntityManager, seen: Seen): Promise<Removed> {
    const gone = await this.gone(manager, seen);
    const leavers = gone.filter(isActive);
    const limit = await removalLimit(manager, this.run, leavers);
    if (!limit.isExceeded) return this.remove(manager, gone);
    const { id } = this.run;
    const { approvedBefore: approvedInParts } = limit;
    if (approvedInParts > 0) await manager.update(MemberSyncRun, { id }, { approvedInParts });
    return hold(manager, id, leavers);
  }

  private async ask(leavers: Leaver[]): Promise<Leaver[]> {
    const limit = await removalLimit(this.manager, this.run, leavers.filter(isActive));
    if (!limit.isExceeded && isFew(leavers) && (await isAnyMember(this.access, leavers)))
      throw listLacksMembers();
    await this.access.checkVisibility();
    return leavers;
  }

  /** People in the directory who were not seen; read in parts, because a large directory needs much memory. */
  private async gone(manager: EntityManager, { githubIds: seen, failed }: Seen): Promise<Leaver[]> {
    const { integrationId } = this.run;
    // The directory now has all seen people except the refused ones. If all others are candidates, nobody else is gone.
    const present = await manager.countBy(Member, { integrationId, present: true });
    const others = present - (seen.size - failed);
    const candidates = this.candidates.filter((githubId) => !seen.has(githubId));
    if (others === 0) return [];
    if (isFew(candidates)) {
      const leavers = await presentAmong(manager, integrationId, candidates);
      if (leavers.length === others) return leavers;
    }
    const gone: Leaver[] = [];
    for (let after = 0; ; ) {
      const part = await presentAfter(manager, integrationId, after);
      gone.push(...missing(part, seen));
      const last = part.at(-1);
      if (part.length < MAX_MEMBERS_PER_READ || !last) return gone;
      after = last.githubId;
    }
  }

  private async remove(manager: EntityManager, gone: Leaver[]): Promise<Removed> {
    const { id: runId, integrationId } = this.run;
    const context = { integrationId, runId, at: new Date() };
    const { people, changes } = await this.directory.removeAll(manager, context, idsOf(gone));
    return { counts: { deactivated: people }, changes };
  }
}

const isFew = (people: unknown[]): boolean => people.length <= MAX_LEAVERS_ASKED_ONE_BY_ONE;

const idsOf = (leavers: Leaver[]): number[] => leavers.map(({ githubId }) => githubId);
