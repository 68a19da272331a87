import { Inject, Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { GithubFailure } from '../../github/errors/github-failure.js';
import type { ListPage } from '../../github/members/list-page.js';
import {
  type ListOptions,
  ListPart,
  MemberListReader,
  type OwnerAndTwoFactorPages,
} from '../../github/members/member-list-reader.js';
import { addChanges } from '../../members/changes/changes.js';
import { DirectoryUpdates } from '../../members/directory/directory-updates.js';
import {
  type ComparedIdentities,
  nothingCompared,
} from '../../members/identities/compared-identities.js';
import { prefetch } from '../../platform/prefetch.js';
import { GarbageRounds } from '../../platform/process/collect-garbage.js';
import { PartsSync, type SyncedParts } from '../parts/parts-sync.js';
import { RunCache } from '../runs/run-cache.js';
import type { RunLease, RunOutcome } from '../runs/run-lease.js';
import type { RunProgress } from '../runs/run-progress.js';
import { addCounts } from '../runs/sync-counts.js';
import { ListCheckpoints } from './list-checkpoints.js';
import { MemberRemovals } from './member-removals.js';
import { OrganizationAccess, OrganizationAccesses } from './organization-accesses.js';
import type { RunRemovals, Seen } from './run-removals.js';

/** In people: applying so many leaves some 50 MiB of garbage. */
const COLLECT_GARBAGE_EVERY_PEOPLE = 15_000;

/** What one execution of a run works with. */
interface Execution {
  lease: RunLease;
  progress: RunProgress;
  /** GitHub's ids of everybody listed so far, also by earlier executions. */
  seen: Set<number>;
  access: OrganizationAccess;
  /** Whether the directory was empty when this execution began. */
  isFirst: boolean;
  garbage: GarbageRounds;
  /** Of the people whom this execution applied. */
  identities: ComparedIdentities;
}

/** Updates an integration's directory from GitHub. */
@Injectable()
export class GithubMembersService {
  private readonly standings = new RunCache<OwnerAndTwoFactorPages>(() => ({
    admins: new Map(),
    withoutTwoFactor: new Map(),
  }));

  constructor(
    private readonly accesses: OrganizationAccesses,
    private readonly checkpoints: ListCheckpoints,
    private readonly directory: DirectoryUpdates,
    private readonly removals: MemberRemovals,
    private readonly parts: PartsSync,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Applies GitHub's list part by part while it is read, then removes the people who are proven gone and completes the
   * run. A run that was begun before continues from its last checkpoint.
   * @throws GithubFailure, LeaseLost, and the reason of `signal`
   */
  async sync(lease: RunLease, progress: RunProgress, signal: AbortSignal): Promise<void> {
    const activeBefore = await this.removals.activeBefore(lease);
    const [access, known, isFirst] = await Promise.all([
      this.accesses.open(lease, progress, signal),
      this.checkpoints.load(lease.run),
      this.directory.isEmpty(lease.run.integrationId),
    ]);
    const garbage = new GarbageRounds(COLLECT_GARBAGE_EVERY_PEOPLE);
    const identities = nothingCompared();
    const seen = seenBefore(known);
    const execution = { lease, access, progress, seen, isFirst, garbage, identities };
    const removals = this.removals.of(access, { ...lease.run, activeBefore }, idsOf(known));
    progress.phase = 'members';
    // After a wait for a limit, the members come first.
    const isResumed = execution.seen.size > 0;
    const reads = isResumed ? undefined : this.parts.readAhead({ lease, access, progress, signal });
    const list = this.list(execution, known, {
      besideProfiles: reads?.besideProfiles,
      onProven: (githubIds) => removals.begin(githubIds),
    });
    for await (const part of prefetch(list.read())) {
      await this.apply(execution, part, list.size);
    }
    this.standings.forget(lease.run.id);
    progress.total = execution.seen.size;
    requireOneself(access, execution.seen);
    progress.phase = 'removals';
    await removals.confirm(seenIn(execution));
    const parts = await this.parts.sync({
      ...{ lease, access, progress, signal, listed: seen, reads, identities },
    });
    signal.throwIfAborted();
    const conclude = (manager: EntityManager) => this.conclude(manager, execution, removals, parts);
    await lease.complete(conclude, progress.snapshot());
  }

  /** In the transaction that ends the run; returns what the run did. */
  private async conclude(
    manager: EntityManager,
    execution: Execution,
    removals: RunRemovals,
    others: SyncedParts,
  ): Promise<RunOutcome> {
    const { lease, progress, seen } = execution;
    await this.checkpoints.tidy(manager, lease.run);
    const { counts, changes } = await removals.apply(manager, seenIn(execution));
    const ofMembers = addCounts(progress.counts, { ...counts, total: seen.size });
    const { held } = await others.conclude(manager);
    const result = addCounts(ofMembers, { held });
    const members = await this.parts.noteMembers(manager, execution, result);
    return {
      result: { ...result, parts: { ...members, ...others.results } },
      changeCounts: addChanges(progress.changes, changes),
    };
  }

  private list(
    { access: { client, organization, visibility }, lease }: Execution,
    known: ListPage[],
    options: Pick<ListOptions, 'besideProfiles' | 'onProven'>,
  ): MemberListReader {
    const { id, integrationId } = lease.run;
    return new MemberListReader(client, organization, {
      ...visibility,
      known,
      concurrency: this.config.sync.githubConcurrency,
      maxPeople: this.config.sync.maxMembers,
      lookUp: (githubIds) => this.directory.listed(integrationId, githubIds),
      ownerAndTwoFactorPages: this.standings.of(id),
      ...options,
    });
  }

  /** A person who moved to a later page during the read comes twice, but counts once. */
  private async apply(
    { lease, progress, seen, isFirst, garbage, identities }: Execution,
    { people, pages }: ListPart,
    total: number,
  ): Promise<void> {
    const { id: runId, integrationId } = lease.run;
    const fresh = people.filter(({ githubId }) => !seen.has(githubId));
    for (const { githubId } of fresh) seen.add(githubId);
    const reached = { phase: 'members', done: seen.size, total } as const;
    let compared = nothingCompared();
    const { result, changeCounts } = await lease.write(async (manager) => {
      const context = { integrationId, runId, at: new Date() };
      const { changes, identities, ...applied } = await this.directory.apply(
        ...([manager, context, fresh, { areNew: isFirst }] as const),
      );
      compared = identities;
      await this.checkpoints.save(manager, lease.run, pages);
      return {
        ...reached,
        result: addCounts(progress.counts, { ...applied, total: seen.size }),
        changeCounts: addChanges(progress.changes, changes),
      };
    });
    progress.counts = result;
    progress.changes = changeCounts;
    identities.people += compared.people;
    identities.differences.push(...compared.differences);
    garbage.add(fresh.length);
    progress.done = seen.size;
    progress.total = total;
  }
}

const seenIn = ({ seen, progress }: Execution): Seen => ({
  githubIds: seen,
  failed: progress.counts.failed,
});

const idsOf = (pages: ListPage[]): Set<number> =>
  new Set(pages.flatMap(({ githubIds }) => githubIds));

/** The people whom earlier executions of the run applied. */
const seenBefore = (known: ListPage[]): Set<number> =>
  new Set(
    known
      .filter(({ checkedIn }) => checkedIn > 0)
      .flatMap(({ githubIds, formerIds }) => [...githubIds, ...formerIds]),
  );

/** @throws GithubFailure if the list lacks the credential's owner */
function requireOneself({ visibility }: OrganizationAccess, seen: Set<number>): void {
  if (visibility.userId === null || seen.has(visibility.userId)) return;
  throw new GithubFailure(
    'listing_incomplete',
    "GitHub's member list is incomplete: the owner of the token is missing from it. Nobody was removed.",
    'All people found are in the directory. Sync again in a few minutes.',
  );
}
