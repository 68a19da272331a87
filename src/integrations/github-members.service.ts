import { Inject, Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { GithubClient, Membership } from '../github/github-client.js';
import { GithubFailure } from '../github/github-failure.js';
import { ListPart, MemberList } from '../github/member-list.js';
import { MemberDirectory } from '../members/member-directory.service.js';
import { ListCheckpoints } from './list-checkpoints.service.js';
import { MemberRemovals } from './member-removals.service.js';
import { OrganizationIdentity } from './organization-identity.service.js';
import type { RunLease } from './run-lease.js';
import type { RunProgress } from './run-progress.js';
import { addCounts, SyncCounts } from './sync-counts.js';

/** What one execution of a run works with. */
interface Execution {
  lease: RunLease;
  progress: RunProgress;
  /** GitHub's ids of everybody listed so far, by earlier executions too. */
  seen: Set<number>;
}

/** The end of a run, in the transaction that ends it; tells the run's counts. */
export type Conclusion = (manager: EntityManager) => Promise<SyncCounts>;

/** Brings an integration's directory in step with GitHub. */
@Injectable()
export class GithubMembersService {
  constructor(
    private readonly identity: OrganizationIdentity,
    private readonly checkpoints: ListCheckpoints,
    private readonly directory: MemberDirectory,
    private readonly removals: MemberRemovals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Applies GitHub's list part by part while it is read, and returns what is left to do when the run ends: to remove who is
   * proven gone. A run that was begun before goes on from its last checkpoint.
   * @throws GithubFailure, and whatever `signal` was aborted with
   */
  async sync(lease: RunLease, progress: RunProgress, signal: AbortSignal): Promise<Conclusion> {
    const { client, login } = await this.identity.of(lease, progress, signal);
    const activeBefore = await this.removals.activeBefore(lease);
    const membership = await client.membership(login);
    const known = await this.checkpoints.load(lease.run);
    const seen = new Set(known.flatMap(({ githubIds }) => githubIds));
    const list = await this.list(client, login, membership, progress, known);
    progress.phase = 'members';
    for await (const part of list.read()) await this.apply({ lease, progress, seen }, part);
    progress.total = seen.size;
    requireEverybody(membership, seen, login);
    progress.phase = 'removals';
    return async (manager) => {
      const removed = await this.removals.apply(manager, lease.run, seen, activeBefore);
      return addCounts(progress.counts, removed);
    };
  }

  private async list(
    client: GithubClient,
    login: string,
    membership: Membership | null,
    progress: RunProgress,
    known: ListPart['pages'],
  ): Promise<MemberList> {
    const { scopes } = await client.viewer();
    return new MemberList(client, login, {
      known,
      isOwner: membership?.isOwner ?? false,
      email: maySeeEmail(scopes),
      concurrency: this.config.sync.githubConcurrency,
      onTotal: (total) => {
        progress.total = total;
      },
    });
  }

  /** Somebody who moved to a later page while the list was read comes twice, and is counted once. */
  private async apply(
    { lease, progress, seen }: Execution,
    { people, pages }: ListPart,
  ): Promise<void> {
    const { id: runId, integrationId } = lease.run;
    const fresh = people.filter(({ githubId }) => !seen.has(githubId));
    for (const { githubId } of fresh) seen.add(githubId);
    const { result } = await lease.write(async (manager) => {
      const context = { integrationId, runId, at: new Date() };
      const applied = await this.directory.apply(manager, context, fresh);
      await this.checkpoints.save(manager, lease.run, pages);
      return { result: addCounts(progress.counts, { ...applied, total: seen.size }) };
    });
    progress.counts = result;
    progress.done = seen.size;
  }
}

/** A classic token needs a scope for public email addresses, a fine-grained one does not tell its rights. */
const maySeeEmail = (scopes: string[] | undefined): boolean =>
  !scopes || scopes.some((scope) => ['user', 'read:user', 'user:email'].includes(scope));

/** @throws GithubFailure where the list cannot be everybody, so that nobody may be removed by it */
function requireEverybody(membership: Membership | null, seen: Set<number>, login: string): void {
  if (!membership)
    throw new GithubFailure(
      'visibility_reduced',
      `The token's owner is no member of ${login}, so GitHub shows only its public members. Nobody was removed.`,
      'Connect the organization again with the token of one of its members.',
    );
  if (!seen.has(membership.userId))
    throw new GithubFailure(
      'listing_incomplete',
      "GitHub's list of members lacks the token's own owner, so it is not complete. Nobody was removed.",
      'Everybody found is in the directory. Sync again in a few minutes.',
    );
}
