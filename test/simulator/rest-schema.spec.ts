import { beforeAll, describe, expect, it } from 'vitest';
import { complaints, isDescribed } from './support/official-rest.js';
import { BARE_FINE, FINE, MEMBER, NARROW, OUTSIDER, OWNER, Stage } from './support/stage.js';

const ORG = '/orgs/{org}';
const MEMBERS = '/orgs/{org}/members';
const PUBLIC_MEMBERS = '/orgs/{org}/public_members';
const COLLABORATORS = '/orgs/{org}/outside_collaborators';
const MEMBERSHIP = '/orgs/{org}/memberships/{username}';
const OWN_MEMBERSHIP = '/user/memberships/orgs/{org}';

type Row = [asked: string, described: string, status: number, token: string | null];

const ANSWERS: Row[] = [
  ['/', '/', 200, OWNER],
  ['/api/v3/', '/', 200, OWNER],
  ['/user', '/user', 200, OWNER],
  ['/user', '/user', 200, MEMBER],
  ['/user', '/user', 200, FINE],
  ['/user', '/user', 401, null],
  ['/user', '/user', 401, 'wrong'],
  ['/user/emails', '/user/emails', 200, MEMBER],
  ['/user/emails', '/user/emails', 401, null],
  ['/user/emails', '/user/emails', 403, FINE],
  ['/user/emails', '/user/emails', 404, OWNER],
  ['/user/orgs', '/user/orgs', 200, OWNER],
  ['/user/orgs', '/user/orgs', 200, FINE],
  ['/user/orgs', '/user/orgs', 401, null],
  ['/user/orgs', '/user/orgs', 403, NARROW],
  ['/user/memberships/orgs/acme', OWN_MEMBERSHIP, 200, MEMBER],
  ['/user/memberships/orgs/acme', OWN_MEMBERSHIP, 403, NARROW],
  ['/user/memberships/orgs/acme', OWN_MEMBERSHIP, 403, BARE_FINE],
  ['/user/memberships/orgs/acme', OWN_MEMBERSHIP, 404, OUTSIDER],
  ['/orgs/acme', ORG, 200, OWNER],
  ['/orgs/acme', ORG, 200, null],
  ['/organizations/9001', ORG, 200, OUTSIDER],
  ['/orgs/nobody', ORG, 404, OWNER],
  ['/organizations/1', ORG, 404, OWNER],
  ['/orgs/acme/members', MEMBERS, 200, OWNER],
  ['/orgs/acme/members?role=admin', MEMBERS, 200, OWNER],
  ['/orgs/acme/members?filter=2fa_disabled', MEMBERS, 200, OWNER],
  ['/orgs/acme/members', MEMBERS, 200, null],
  ['/api/v3/organizations/9001/members', MEMBERS, 200, MEMBER],
  ['/orgs/acme/members?per_page=500', MEMBERS, 422, OWNER],
  ['/orgs/acme/members?filter=2fa_disabled', MEMBERS, 422, MEMBER],
  ['/orgs/acme/public_members', PUBLIC_MEMBERS, 200, OUTSIDER],
  ['/organizations/9001/public_members?per_page=2', PUBLIC_MEMBERS, 200, null],
  ['/orgs/acme/memberships/owner', MEMBERSHIP, 200, MEMBER],
  ['/orgs/acme/memberships/outsider', MEMBERSHIP, 404, MEMBER],
  ['/orgs/acme/memberships/owner', MEMBERSHIP, 403, OUTSIDER],
  ['/orgs/acme/memberships/owner', MEMBERSHIP, 403, BARE_FINE],
  ['/orgs/acme/outside_collaborators', COLLABORATORS, 200, OWNER],
  ['/organizations/9001/outside_collaborators?filter=2fa_disabled', COLLABORATORS, 200, OWNER],
  ['/orgs/acme/invitations', '/orgs/{org}/invitations', 200, OWNER],
  ['/orgs/nobody/invitations', '/orgs/{org}/invitations', 404, OWNER],
  ['/users/OWNER', '/users/{username}', 200, OUTSIDER],
  ['/users/owner', '/users/{username}', 200, null],
  ['/users/nobody', '/users/{username}', 404, OWNER],
  ['/user/11', '/user/{account_id}', 200, OWNER],
  ['/user/9999', '/user/{account_id}', 404, OWNER],
  ['/rate_limit', '/rate_limit', 200, OWNER],
  ['/rate_limit', '/rate_limit', 200, null],
];

it('a membership that waits, to the person and to members, against the description', async () => {
  const stage = await Stage.set();
  stage.organization.invite(stage.outsider);
  for (const [asked, described, token] of [
    ['/user/memberships/orgs/acme', OWN_MEMBERSHIP, OUTSIDER],
    ['/orgs/acme/memberships/outsider', MEMBERSHIP, OWNER],
  ] as const) {
    const body = await stage.json(asked, token);
    expect(body).toMatchObject({ state: 'pending' });
    expect(complaints(described, 200, body)).toEqual([]);
  }
});

it('invitations and their teams, against the description', async () => {
  const stage = await Stage.set();
  const { organization, outsider } = stage;
  const platform = organization.teams.create('Platform');
  const teams = [platform, organization.teams.create('API', { parent: platform })];
  const { id } = organization.invite(outsider, { role: 'admin', teams });
  organization.invite('somebody@example.com');
  organization.invitations.fail(organization.invite('late@example.com', { teams }));
  const described = '/orgs/{org}/invitations/{invitation_id}/teams';
  for (const [asked, path] of [
    ['/orgs/acme/invitations', '/orgs/{org}/invitations'],
    ['/organizations/9001/failed_invitations', '/orgs/{org}/failed_invitations'],
    [`/orgs/acme/invitations/${id}/teams`, described],
  ] as const) {
    const body = await stage.json(asked);
    expect(body).not.toEqual([]);
    expect(complaints(path, 200, body)).toEqual([]);
  }
});

describe("every REST answer, against GitHub's own description", () => {
  beforeAll(() => {
    expect(isDescribed(MEMBERS, 200)).toBe(true);
  });

  it.each(ANSWERS)('%s as %s with status %i for %s', async (asked, described, status, token) => {
    const stage = await Stage.set(60);
    const response = await stage.get(asked, token);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(complaints(described, status, await response.json())).toEqual([]);
  });

  it('notices a wrong body', () => {
    expect(complaints('/users/{username}', 200, { login: 'somebody' })).not.toEqual([]);
    expect(complaints(ORG, 404, { message: 5 })).not.toEqual([]);
    expect(complaints(MEMBERS, 200, [{ login: 'x' }])).not.toEqual([]);
    expect(complaints('/rate_limit', 200, { rate: {}, resources: {}, more: 1 })).not.toEqual([]);
  });
});
