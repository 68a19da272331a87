import { Inject, Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { GithubMember } from '../../github/members/github-member.js';
import { PeopleLookUp, type SoughtPerson } from '../../github/members/people-look-up.js';
import { addChanges } from '../../members/changes/changes.js';
import { DirectoryUpdates } from '../../members/directory/directory-updates.js';
import { OrganizationInvitations } from '../../members/invitations/organization-invitations.js';
import { PublicError } from '../../platform/public-error.js';
import type { GithubIntegration } from '../connections/github-integration.entity.js';
import { keepHintsOf } from '../hints/ended-hints.js';
import type { Hint } from '../hints/hint.entity.js';
import { namedParts, subjectsOfFailed } from '../parts/named-parts.js';
import type { PartResults } from '../parts/part.js';
import { PartsSync, type SyncedParts } from '../parts/parts-sync.js';
import { heldBefore, noLongerHeld } from '../removals/no-longer-held.js';
import type { RunLease, RunOutcome } from '../runs/run-lease.js';
import type { RunProgress } from '../runs/run-progress.js';
import { addCounts } from '../runs/sync-counts.js';
import { presentAmong } from './leavers.js';
import { lookOnce, OrganizationAccesses } from './organization-accesses.js';
import { isAboveLimitOfHour } from './removal-limit.js';
import { hold, isActive, type Removed } from './removed.js';
import { type Sought, soughtPeople } from './sought-people.js';

/** Updates single people of an integration's directory from GitHub: those whom hints or a person named. */
@Injectable()
export class PeopleSyncService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly accesses: OrganizationAccesses,
    private readonly directory: DirectoryUpdates,
    private readonly parts: PartsSync,
    private readonly invitations: OrganizationInvitations,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Asks GitHub about each person, and writes all differences in the transaction that completes the run. Where parts are
   * named too, people who are members come first, because parts tell of people whom the directory has.
   * @throws GithubFailure, LeaseLost, and the reason of `signal`; PublicError `person_not_found`
   */
  async sync(
    lease: RunLease,
    hints: Hint[],
    progress: RunProgress,
    signal: AbortSignal,
  ): Promise<void> {
    const { integrationId } = lease.run;
    const access = await this.accesses.open(lease, progress, signal, lookOnce);
    progress.phase = 'members';
    progress.done = 0;
    const { manager } = this.dataSource;
    const sought = await soughtPeople(manager, integrationId, hints, access.client);
    if (sought.people.length === 0 && sought.unknown.length > 0)
      throw personNotFound(sought.unknown);
    progress.total = sought.people.length + sought.unknown.length;
    progress.people = progress.total;
    const { members, unclear } = await new PeopleLookUp(access.client, access.organization, {
      ...access.visibility,
      concurrency: this.config.sync.githubConcurrency,
      onLooked: () => progress.done++,
    }).members(sought.people);
    const gone = sought.people.filter(
      ({ githubId, isPresent }) =>
        isPresent && !members.has(githubId) && !unclear.includes(githubId),
    );
    progress.phase = 'removals';
    if (gone.length > 0) await access.checkVisibility();
    signal.throwIfAborted();
    const named = namedParts(hints);
    const { joined = 0, returned = 0 } = progress.changes;
    const isNew = sought.people.some((one) => !one.isPresent && members.has(one.githubId));
    // An earlier worker of this run may have written them.
    const joins = isNew || joined + returned > 0;
    // GitHub tells nothing of an invitation that was accepted.
    if (joins && (await this.invitations.arePending(integrationId))) named.parts.add('invitations');
    const isApplied = named.parts.size > 0;
    if (isApplied) await this.applyFirst(lease, progress, members);
    const leaving = new Set(idsOf(gone));
    const parts = await this.parts.syncNamed({ lease, access, progress, signal, leaving }, named);
    signal.throwIfAborted();
    const later = [...unclear.map(String), ...subjectsOfFailed(hints, parts.results)];
    const { integration } = access;
    const found = { integration, sought, members, unclear, gone, parts, later };
    const conclude = async (manager: EntityManager) => {
      const { counts, changes } = isApplied
        ? progress
        : await this.apply(manager, lease, progress, members);
      return this.conclude(manager, lease, { ...found, applied: { counts, changes } });
    };
    await lease.complete(conclude, progress.snapshot());
  }

  private async applyFirst(
    lease: RunLease,
    progress: RunProgress,
    members: Found['members'],
  ): Promise<void> {
    const { result, changeCounts } = await lease.write(async (manager) => {
      const { counts, changes } = await this.apply(manager, lease, progress, members);
      return { result: counts, changeCounts: changes };
    });
    progress.counts = result;
    progress.changes = changeCounts;
  }

  /** What the run did in all; an earlier worker of it may have applied some. */
  private async apply(
    manager: EntityManager,
    { run: { id: runId, integrationId } }: RunLease,
    progress: RunProgress,
    members: Found['members'],
  ): Promise<Applied> {
    const context = { integrationId, runId, at: new Date() };
    const people = [...members.values()];
    const { changes, ...counts } = await this.directory.apply(manager, context, people);
    return {
      counts: { ...addCounts(progress.counts, counts), failed: counts.failed },
      changes: addChanges(progress.changes, changes),
    };
  }

  private async conclude(
    manager: EntityManager,
    { run }: RunLease,
    { integration, sought, members, unclear, gone, applied, parts, later }: Concluded,
  ): Promise<RunOutcome> {
    const held = sought.areHeld ? await heldBefore(manager, run, idsOf(sought.people)) : [];
    await noLongerHeld(
      manager,
      held.filter(({ githubId }) => members.has(githubId)),
    );
    // Their removal waits for an admin.
    const heldIds = new Set(idsOf(held));
    const leaving = gone.filter(({ githubId }) => !heldIds.has(githubId));
    const removed = await this.remove(manager, run, { integration, gone: leaving });
    if (later.length > 0) await keepHintsOf(manager, run, later);
    const { created, updated, failed } = applied.counts;
    const looked = {
      ...removed.counts,
      failed: sought.unknown.length + unclear.length,
      total: sought.people.length + sought.unknown.length,
    };
    // Strangers, too, and people whose removal is held.
    const unchanged =
      sought.people.length - created - updated - failed - leaving.length - unclear.length;
    const ofPeople = addCounts({ ...applied.counts, unchanged }, looked);
    const { held: heldOfParts } = await parts.conclude(manager);
    const counts = addCounts(ofPeople, { held: heldOfParts });
    return {
      result: isEmpty(parts.results) ? counts : { ...counts, parts: parts.results },
      changeCounts: addChanges(applied.changes, removed.changes),
    };
  }

  private async remove(
    manager: EntityManager,
    { id: runId, integrationId }: RunLease['run'],
    { integration, gone }: Pick<Found, 'integration' | 'gone'>,
  ): Promise<Removed> {
    if (gone.length === 0) return { counts: {}, changes: {} };
    const isAbove = (people: number) =>
      isAboveLimitOfHour(manager, integration, { id: runId }, people);
    if (await isAbove(gone.length)) {
      // Somebody who was disabled by hand, or is gone by now, does not count.
      const present = await presentAmong(manager, integrationId, idsOf(gone));
      const leavers = present.filter(isActive);
      if (await isAbove(leavers.length)) return hold(manager, runId, leavers);
    }
    const context = { integrationId, runId, at: new Date() };
    const { people, changes } = await this.directory.removeAll(manager, context, idsOf(gone));
    return { counts: { deactivated: people }, changes };
  }
}

interface Found {
  integration: GithubIntegration;
  sought: Sought;
  members: Map<number, GithubMember>;
  /** GitHub's ids of people about whom its answers contradict each other. */
  unclear: number[];
  gone: SoughtPerson[];
  /** What the run did to parts that hints named. */
  parts: SyncedParts;
  /** Subjects of hints that wait again. */
  later: string[];
}

/** What a run did so far. */
type Applied = Pick<RunProgress, 'counts' | 'changes'>;

interface Concluded extends Found {
  applied: Applied;
}

const isEmpty = (parts: PartResults): boolean => Object.keys(parts).length === 0;

const idsOf = (people: { githubId: number }[]): number[] => people.map(({ githubId }) => githubId);

const personNotFound = (logins: string[]) =>
  new PublicError(
    404,
    'person_not_found',
    `Neither GitHub nor the directory has ${logins.join(', ')}.`,
    'Check the login.',
  );
