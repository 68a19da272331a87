import type { SimOrganization } from '../organization.js';
import type { SimUser } from '../user.js';

const SITE = 'https://github.com';

export function avatarUrl(id: number): string {
  return `https://avatars.githubusercontent.com/u/${id}?v=4`;
}

/** `simple-user` of GitHub's REST description, which organizations are shown as, too, where they own something. */
export function simpleUser(user: SimUser | SimOrganization, base: string) {
  const url = `${base}/users/${user.login}`;
  return {
    login: user.login,
    id: user.id,
    node_id: user.nodeId,
    avatar_url: avatarUrl(user.id),
    gravatar_id: '',
    url,
    html_url: `${SITE}/${user.login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: user.kind === 'User' ? user.accountType : user.kind,
    user_view_type: 'public',
    site_admin: false,
  };
}

/** `public-user`. @param showEmail false for callers without a token, who never see it */
export function publicUser(user: SimUser, base: string, showEmail: boolean) {
  const email = showEmail ? user.email : null;
  return {
    ...simpleUser(user, base),
    ...{ name: user.name, company: null, blog: '', location: null, email },
    ...{ hireable: null, bio: null, twitter_username: null, notification_email: email },
    ...{ public_repos: 0, public_gists: 0, followers: 0, following: 0 },
    ...{ created_at: user.createdAt, updated_at: user.createdAt },
  };
}

/** `private-user`: one's own profile. */
export function privateUser(user: SimUser, base: string) {
  return {
    ...publicUser(user, base, true),
    user_view_type: 'private',
    ...{ private_gists: 0, total_private_repos: 0, owned_private_repos: 0, disk_usage: 0 },
    ...{ collaborators: 0, two_factor_authentication: user.twoFactor },
    plan: { name: 'free', space: 976562499, collaborators: 0, private_repos: 10000 },
  };
}

/** `email`: one's own addresses. */
export function emailBodies({ login, email, emails }: SimUser) {
  const usual = email ?? `${login.toLowerCase()}@private.example.com`;
  const all = emails ?? [{ email: usual, primary: true, verified: true }];
  return all.map((one) => ({ ...one, visibility: one.primary ? 'private' : null }));
}

/** `organization-simple`. */
export function simpleOrganization(organization: SimOrganization, base: string) {
  const url = `${base}/orgs/${organization.login}`;
  return {
    login: organization.login,
    id: organization.id,
    node_id: organization.nodeId,
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: avatarUrl(organization.id),
    description: null,
  };
}

/** `organization-full`. */
export function fullOrganization(organization: SimOrganization, base: string) {
  return {
    ...simpleOrganization(organization, base),
    name: organization.name,
    ...{ is_verified: false, has_organization_projects: true, has_repository_projects: true },
    ...{ public_repos: 0, public_gists: 0, followers: 0, following: 0 },
    html_url: `${SITE}/${organization.login}`,
    ...{
      created_at: '2016-02-04T09:30:00Z',
      updated_at: '2025-06-01T12:00:00Z',
      archived_at: null,
    },
    type: 'Organization',
  };
}

/** `org-membership`. */
export function membershipBody(
  { membership, state }: NonNullable<ReturnType<SimOrganization['standing']>>,
  organization: SimOrganization,
  base: string,
) {
  const organizationUrl = `${base}/orgs/${organization.login}`;
  return {
    url: `${organizationUrl}/memberships/${membership.user.login}`,
    state,
    role: membership.role,
    direct_membership: true,
    enterprise_teams_providing_indirect_membership: [],
    organization_url: organizationUrl,
    organization: simpleOrganization(organization, base),
    user: simpleUser(membership.user, base),
  };
}
