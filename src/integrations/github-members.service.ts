import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { GithubClient } from '../github/github-client.js';
import { GithubFailure } from '../github/github-failure.js';
import { GithubMember, MemberList } from '../github/member-list.js';
import { MemberDirectory } from '../members/member-directory.service.js';
import { GithubCredentials } from './github-credentials.service.js';
import { GithubIntegration } from './github-integration.entity.js';
import { MemberRemovals } from './member-removals.service.js';
import type { RunLease } from './run-lease.js';
import type { RunProgress } from './run-progress.js';
import { addCounts } from './sync-counts.js';

/** Brings an integration's directory in step with GitHub. */
@Injectable()
export class GithubMembersService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly credentials: GithubCredentials,
    private readonly directory: MemberDirectory,
    private readonly removals: MemberRemovals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Applies GitHub's list part by part while it is read, and afterwards removes who is proven gone.
   * @throws GithubFailure, and whatever `signal` was aborted with
   */
  async sync(lease: RunLease, progress: RunProgress, signal: AbortSignal): Promise<void> {
    const integration = await this.dataSource.manager.findOneByOrFail(GithubIntegration, {
      id: lease.run.integrationId,
    });
    const client = await this.credentials.clientFor(integration, signal);
    progress.client = client;
    const organization = await this.identify(lease, client, integration);
    const activeBefore = await this.removals.countActive(integration.id);
    const membership = await client.membership(organization);
    const list = await this.list(client, organization, membership?.isOwner ?? false, progress);
    const seen = await this.applyList(lease, progress, list);
    if (!membership) throw visibilityReduced(organization);
    if (!seen.has(membership.userId)) throw ownerMissing();
    progress.phase = 'removals';
    await this.removals.apply({ lease, progress, seen, activeBefore });
  }

  /** The organization's present login, looked up by its id and kept. */
  private async identify(
    lease: RunLease,
    client: GithubClient,
    integration: GithubIntegration,
  ): Promise<string> {
    const { login } = await client.organizationById(integration.organizationId);
    if (login !== integration.organizationLogin)
      await lease.write(async (manager) => {
        await manager.update(
          GithubIntegration,
          { id: integration.id },
          { organizationLogin: login, updatedAt: new Date() },
        );
        return {};
      });
    return login;
  }

  private async list(
    client: GithubClient,
    organization: string,
    isOwner: boolean,
    progress: RunProgress,
  ) {
    const { scopes } = await client.viewer();
    return new MemberList(client, organization, {
      isOwner,
      email: maySeeEmail(scopes),
      concurrency: this.config.sync.githubConcurrency,
      onTotal: (total) => {
        progress.total = total;
      },
    });
  }

  private async applyList(
    lease: RunLease,
    progress: RunProgress,
    list: MemberList,
  ): Promise<Set<number>> {
    const seen = new Set<number>();
    progress.phase = 'members';
    for await (const people of list.read()) await this.applyPart(lease, progress, people, seen);
    progress.total = seen.size;
    return seen;
  }

  /** Somebody who moved to a later page while the list was read comes twice, and is counted once. */
  private async applyPart(
    lease: RunLease,
    progress: RunProgress,
    people: GithubMember[],
    seen: Set<number>,
  ): Promise<void> {
    const fresh = people.filter(({ githubId }) => !seen.has(githubId));
    for (const { githubId } of fresh) seen.add(githubId);
    const counts = await lease.write(async (manager) => {
      const applied = await this.directory.apply(
        manager,
        lease.run.integrationId,
        fresh,
        new Date(),
      );
      const result = addCounts(progress.counts, { ...applied, total: seen.size });
      return { result };
    });
    progress.counts = counts.result;
    progress.done = seen.size;
  }
}

/** A classic token needs a scope for public email addresses, a fine-grained one does not tell its rights. */
const maySeeEmail = (scopes: string[] | undefined): boolean =>
  !scopes || scopes.some((scope) => ['user', 'read:user', 'user:email'].includes(scope));

const ownerMissing = () =>
  new GithubFailure(
    'listing_incomplete',
    "GitHub's list of members lacks the token's own owner, so it is not complete. Nobody was removed.",
    'Everybody found is in the directory. Sync again in a few minutes.',
  );

const visibilityReduced = (organization: string) =>
  new GithubFailure(
    'visibility_reduced',
    `The token's owner is no member of ${organization}, so GitHub shows only its public members. Nobody was removed.`,
    'Connect the organization again with the token of one of its members.',
  );
