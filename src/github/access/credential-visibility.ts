import type { GithubClient } from '../client/github-client.js';
import type { GithubCredential } from '../client/github-credential.js';
import type { IdentityFields } from '../client/profile-question.js';
import { installationProblem, installedElsewhere } from '../errors/app-failures.js';
import type { ListOptions } from '../members/member-list-reader.js';
import type { PinnedOrganization } from '../organization.js';

/** What a credential sees of an organization. */
export interface CredentialVisibility extends Pick<ListOptions, 'list' | 'twoFactor' | 'email'> {
  /** GitHub's id of the credential's owner, who is on a complete list; null for an App installation. */
  userId: number | null;
  /** The organization that GitHub told of; null where it was not asked about one. */
  organization: PinnedOrganization | null;
  /** When the credential expires; null if never, or if GitHub does not tell. */
  expiresAt: Date | null;
  /** What it should be able to read of who people are at work; GitHub may refuse it still. */
  workIdentities: IdentityFields;
}

/** How an organization is read. */
export interface GithubAccess {
  client: GithubClient;
  credential: GithubCredential;
  /** Whether only public members are wanted. */
  publicOnly: boolean;
}

/**
 * Undefined if the owner is no active member: GitHub then shows only public members, without saying so.
 * @throws GithubFailure that names what the credential lacks
 */
export async function credentialVisibility(
  { client, credential, publicOnly }: GithubAccess,
  organization: PinnedOrganization,
): Promise<CredentialVisibility | undefined> {
  if (credential.kind === 'installation')
    return installationVisibility(client, credential.installationId, organization);
  return publicOnly ? publicVisibility(client) : memberVisibility(client, organization.login);
}

async function memberVisibility(
  client: GithubClient,
  login: string,
): Promise<CredentialVisibility | undefined> {
  const [{ scopes, expiresAt }, membership] = await Promise.all([
    client.viewer(),
    client.membership(login),
  ]);
  if (!membership) return undefined;
  const { organization, userId, isOwner } = membership;
  return {
    list: 'members',
    twoFactor: isOwner,
    email: canReadEmail(scopes),
    userId,
    organization,
    expiresAt,
    workIdentities: isOwner ? ownersIdentities(scopes) : NO_IDENTITIES,
  };
}

const NO_IDENTITIES: IdentityFields = { identities: false, verifiedEmails: false };

/** A fine-grained token does not tell its rights. */
const ownersIdentities = (scopes: string[] | undefined): IdentityFields => ({
  identities: scopes?.includes('admin:org') ?? true,
  verifiedEmails: true,
});

async function publicVisibility(client: GithubClient): Promise<CredentialVisibility> {
  const { scopes, expiresAt } = await client.viewer();
  return {
    list: 'public',
    twoFactor: false,
    email: canReadEmail(scopes),
    userId: null,
    organization: null,
    expiresAt,
    workIdentities: NO_IDENTITIES,
  };
}

/** An installation belongs to one organization, and with "Members: read" it sees everybody there. */
async function installationVisibility(
  client: GithubClient,
  id: number,
  organization: PinnedOrganization,
): Promise<CredentialVisibility> {
  const installation = await client.apps.installation(id);
  if (installation.account.id !== organization.id) throw installedElsewhere(organization.login);
  const problem = installationProblem(installation);
  if (problem) throw problem;
  const isGranted = installation.permissions.organization_administration !== undefined;
  return {
    list: 'members',
    twoFactor: false,
    email: true,
    userId: null,
    organization: installation.account,
    expiresAt: null,
    workIdentities: { identities: isGranted, verifiedEmails: isGranted },
  };
}

/**
 * Whether the credential still sees everybody whom it saw when the run began, of the same organization.
 * @throws GithubFailure that names what the credential lacks
 */
export async function seesAsBefore(
  { client, credential, publicOnly }: GithubAccess,
  organization: PinnedOrganization,
): Promise<boolean> {
  if (credential.kind === 'installation')
    await installationVisibility(client, credential.installationId, organization);
  if (credential.kind === 'installation' || publicOnly) return true;
  const membership = await client.membership(organization.login);
  return membership?.organization.id === organization.id;
}

/** A classic token needs a scope for public email addresses; a fine-grained one does not tell its rights. */
export const canReadEmail = (scopes: string[] | undefined): boolean =>
  !scopes || scopes.some((scope) => ['user', 'read:user', 'user:email'].includes(scope));
