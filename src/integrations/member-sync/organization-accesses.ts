import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type CredentialVisibility,
  credentialVisibility,
  type GithubAccess,
  seesAsBefore,
} from '../../github/access/credential-visibility.js';
import type { GithubClient } from '../../github/client/github-client.js';
import { GithubFailure } from '../../github/errors/github-failure.js';
import { findPinned } from '../../github/members/pinned-organization.js';
import type { PinnedOrganization } from '../../github/organization.js';
import { GithubCredentials } from '../connections/github-credentials.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import type { RunLease } from '../runs/run-lease.js';
import type { RunProgress } from '../runs/run-progress.js';

/** An organization, and what a run may see of it. */
export interface OrganizationAccess {
  /** As it was when the run began. */
  integration: GithubIntegration;
  client: GithubClient;
  organization: PinnedOrganization;
  visibility: CredentialVisibility;
  /** @throws GithubFailure `visibility_reduced` if the credential now sees less than when the run began */
  checkVisibility: () => Promise<void>;
}

/** A run of single people need not store again what was stored a short time ago. */
const NOTED_AGAIN_AFTER_MS = 600_000;

/** Finds the organization of a run by its id, because its name may have changed. */
@Injectable()
export class OrganizationAccesses {
  constructor(
    private readonly dataSource: DataSource,
    private readonly credentials: GithubCredentials,
  ) {}

  /** @throws GithubFailure; `visibility_reduced` if GitHub would show public members only */
  async open(
    lease: RunLease,
    progress: RunProgress,
    signal: AbortSignal,
    look = lookTwice,
  ): Promise<OrganizationAccess> {
    const id = lease.run.integrationId;
    const integration = await this.dataSource.manager.findOneByOrFail(GithubIntegration, { id });
    const access = await this.credentials.open(integration, { signal });
    progress.count(access.client);
    const pinned = { id: integration.organizationId, login: integration.organizationLogin };
    const { organization, visibility } = await look(access, pinned);
    if (organization.login !== pinned.login) await this.rename(lease, organization.login);
    if (!visibility) throw visibilityReduced(organization.login);
    await access.note(visibility, look === lookOnce ? NOTED_AGAIN_AFTER_MS : 0);
    const checkVisibility = async () => {
      if (!(await seesAsBefore(access, organization))) throw visibilityReduced(organization.login);
    };
    return { integration, client: access.client, organization, visibility, checkVisibility };
  }

  private async rename(lease: RunLease, organizationLogin: string): Promise<void> {
    await lease.write(async (manager) => {
      const renamed = { organizationLogin, updatedAt: new Date() };
      await manager.update(GithubIntegration, { id: lease.run.integrationId }, renamed);
      return {};
    });
  }
}

/** How a run finds its organization under its present name, and what the credential sees of it. */
type Look = (
  access: GithubAccess,
  pinned: PinnedOrganization,
) => Promise<{
  organization: PinnedOrganization;
  visibility: CredentialVisibility | undefined;
}>;

/** With fewer requests: the credential's own membership or installation tells the organization too. */
export const lookOnce: Look = async (access, pinned) => {
  // The other look explains a failure.
  const visibility = await credentialVisibility(access, pinned).catch(() => undefined);
  const told = visibility?.organization;
  return told?.id === pinned.id && told.login === pinned.login
    ? { organization: pinned, visibility }
    : lookTwice(access, pinned);
};

const lookTwice: Look = async (access, pinned) => {
  const asNamed = credentialVisibility(access, pinned);
  // The lookup by id explains a failure better than the old name does; for an App, the installation does.
  asNamed.catch(() => undefined);
  if (access.credential.kind === 'installation') await asNamed;
  const organization = await findPinned(access.client, pinned);
  const isRenamed = organization.login !== pinned.login;
  return {
    organization,
    visibility: await (isRenamed ? credentialVisibility(access, organization) : asNamed),
  };
};

const visibilityReduced = (login: string) =>
  new GithubFailure(
    'visibility_reduced',
    `The token's owner is not a member of ${login}. GitHub shows only public members. Nobody was removed.`,
    'Connect the organization again with a token of one of its members.',
  );
