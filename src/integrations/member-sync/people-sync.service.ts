import { Inject, Injectable } from '@nestjs/common';
import { DataSource, EntityManager } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { GithubMember } from '../../github/members/github-member.js';
import { PeopleLookUp, type SoughtPerson } from '../../github/members/people-look-up.js';
import { addChanges, type ChangeCounts } from '../../members/changes/changes.js';
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
import { addCounts, noCounts } from '../runs/sync-counts.js';
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
   * Asks GitHub about each person, and writes all differences in the transaction that completes the run.
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
    const joins = sought.people.some((one) => !one.isPresent && members.has(one.githubId));
    // GitHub tells nothing of an invitation that was accepted.
    if (joins && (await this.invitations.arePending(integrationId))) named.parts.add('invitations');
    const parts = await this.parts.syncNamed({ lease, access, progress, signal, joins }, named);
    signal.throwIfAborted();
    const later = [...unclear.map(String), ...subjectsOfFailed(hints, parts.results)];
    const { integration } = access;
    const made = progress.changes;
    const found = { integration, sought, members, unclear, gone, parts, made, later };
    await lease.complete((manager) => this.conclude(manager, lease, found), progress.snapshot());
  }

  private async conclude(
    manager: EntityManager,
    { run }: RunLease,
    { integration, sought, members, unclear, gone, parts, made, later }: Found,
  ): Promise<RunOutcome> {
    const { id: runId, integrationId } = run;
    const context = { integrationId, runId, at: new Date() };
    const { changes, ...applied } = await this.directory.apply(manager, context, [
      ...members.values(),
    ]);
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
    const looked = {
      ...removed.counts,
      // Strangers, and people whose removal is held.
      unchanged: sought.people.length - members.size - leaving.length - unclear.length,
      failed: sought.unknown.length + unclear.length,
      total: sought.people.length + sought.unknown.length,
    };
    const { held: heldOfParts } = await parts.conclude(manager);
    const ofPeople = addCounts(addCounts(noCounts(), applied), looked);
    const counts = addCounts(ofPeople, { held: heldOfParts });
    return {
      result: isEmpty(parts.results) ? counts : { ...counts, parts: parts.results },
      changeCounts: addChanges(addChanges(made, changes), removed.changes),
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
  /** Which changes of parts were written. */
  made: ChangeCounts;
  /** Subjects of hints that wait again. */
  later: string[];
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
