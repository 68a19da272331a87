import { describe, expect, it, vi } from 'vitest';
import { githubFailureOf } from '../../src/github/errors/github-failure-of.js';
import { MemberSyncCancellation } from '../../src/integrations/runs/member-sync-cancellation.js';
import type { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { DirectoryUpdates } from '../../src/members/directory/directory-updates.js';
import { Member } from '../../src/members/member.entity.js';
import { GRAPHQL, MEMBER_PAGES } from '../../src/simulator/faults.js';
import { connect, finished, requestSync, syncToEnd } from '../support/runs.js';
import { type ServiceOptions, startGithub, startService, ways } from '../support/service.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
/** Where the simulated GitHub lets the owner of a token authorize it. */
const SSO_PAGE = /https:\/\/github\.com\/orgs\/acme\/sso\?authorization_request=A\d+ /;
const PENDING = /"Members: read".*an owner can approve it in.*Pending requests/;
const SSO_URL = 'https://github.com/orgs/acme/sso?authorization_request=AZ1';

async function start(options: ServiceOptions = {}) {
  const github = await startGithub({ members: 12 });
  const env = { GITHUB_API_URL: github.simulator.url };
  return { ...github, service: await startService({ ...options, env }) };
}

type Github = Awaited<ReturnType<typeof start>>;

/** Gives the token other rights than it was connected with. */
const changeToken = ({ world, token, owner }: Github, rights: object) =>
  void world.addToken({ token, user: owner, ...rights });

/** How a run comes to fail, and what people need to be told of it. */
const RUNS: { code: string; breaks: (github: Github) => void; message: RegExp; remedy: RegExp }[] =
  [
    {
      code: 'bad_credentials',
      breaks: ({ world, token }) => world.revokeToken(token),
      message: /rejected the token/,
      remedy: /Connect the organization again/,
    },
    {
      code: 'sso_required',
      breaks: ({ simulator }) =>
        void simulator.faults.on(/memberships\/orgs/, ALWAYS).ssoRequired(SSO_URL),
      message: /single sign-on/,
      remedy: /https:\/\/github\.com\/orgs\/acme\/sso\?authorization_request=AZ1 /,
    },
    {
      code: 'sso_required',
      breaks: ({ organization }) => organization.requireSso(),
      message: /single sign-on/,
      remedy: SSO_PAGE,
    },
    {
      code: 'missing_permission',
      breaks: (github) => changeToken(github, { kind: 'fine-grained', approval: 'pending' }),
      message: /does not have permission to read/,
      remedy: PENDING,
    },
    {
      code: 'missing_permission',
      breaks: (github) => changeToken(github, { scopes: ['repo'] }),
      message: /does not have permission to read/,
      remedy: /the scope read:org/,
    },
    {
      code: 'missing_permission',
      breaks: (github) => changeToken(github, { kind: 'fine-grained', membersPermission: false }),
      message: /does not have permission to read/,
      remedy: /"Members: read".*waiting for approval.*Pending requests/,
    },
    {
      code: 'missing_permission',
      breaks: ({ simulator }) =>
        void simulator.faults
          .on(GRAPHQL, ALWAYS)
          .status(200, { errors: [{ type: 'INSUFFICIENT_SCOPES', message: 'No.' }] }),
      message: /does not have permission/,
      remedy: /the scope read:user/,
    },
    {
      code: 'visibility_reduced',
      breaks: ({ organization, owner }) => organization.leave(owner),
      message: /not a member of acme.*Nobody was removed/,
      remedy: /token of one of its members/,
    },
    {
      code: 'organization_not_found',
      breaks: ({ simulator }) =>
        void simulator.faults.on(/^GET \/(orgs\/acme|organizations\/\d+)$/, ALWAYS).status(404),
      message: /organization does not exist/,
      remedy: /Check the name/,
    },
    {
      code: 'organization_replaced',
      breaks: ({ simulator, organization, world }) => {
        organization.rename('elsewhere');
        world.addOrganization({ login: 'acme' });
        simulator.faults.on(/^GET \/organizations\/\d+$/, ALWAYS).status(404);
      },
      message: /acme now belongs to a different organization/,
      remedy: /disconnect this one first/,
    },
    {
      code: 'listing_incomplete',
      breaks: ({ simulator, owner }) =>
        void simulator.faults
          .on(MEMBER_PAGES, ALWAYS)
          .rewrite<{ id: number }[]>((members) => members.filter(({ id }) => id !== owner.id)),
      message: /incomplete.*Nobody was removed/,
      remedy: /Sync again/,
    },
    {
      code: 'internal',
      breaks: ({ service, token }) => {
        const directory = service.app.get(DirectoryUpdates, { strict: false });
        vi.spyOn(directory, 'apply').mockRejectedValue(new Error(`A bug that knows ${token}.`));
      },
      message: /internal error/,
      remedy: /log/,
    },
  ];

describe.each(ways)('a run that fails, $way', (way) => {
  it.each(RUNS)('says $code, $remedy', async ({ code, breaks, message, remedy }) => {
    const github = await start(way);
    const { service, token, organization, world } = github;
    const { id } = await connect(service, token);
    await syncToEnd(service, id);
    // An unchanged list would be read without its people.
    organization.join(world.addUser());
    breaks(github);
    const run = await syncToEnd(service, id);
    expect(run).toMatchObject({ state: 'error', errorCode: code });
    expect(run.errorMessage).toMatch(message);
    expect(run.errorRemedy).toMatch(remedy);
    expect(JSON.stringify(run)).not.toContain(token);
    expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(
      code === 'listing_incomplete' ? 13 : 12,
    );
  });
});

it('says cancelled, and by whom', async () => {
  const { service, simulator, token } = await start();
  const { id } = await connect(service, token);
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const run: MemberSyncRun = await requestSync(service, id);
  await held.arrived;
  await service.app.get(MemberSyncCancellation, { strict: false }).cancel(run, 'ada@example.com');
  held.release();
  expect(await finished(service, run.id)).toMatchObject({
    state: 'cancelled',
    errorCode: 'cancelled',
    errorMessage: 'Cancelled by ada@example.com.',
  });
});

it('is mended where it says: the token is authorized, and the next run goes through', async () => {
  const { service, organization, world, token } = await start();
  const { id } = await connect(service, token);
  organization.requireSso();
  expect(await syncToEnd(service, id)).toMatchObject({ errorCode: 'sso_required' });
  world.token(token)?.authorizeSso(organization);
  expect(await syncToEnd(service, id)).toMatchObject({ state: 'complete', result: { total: 12 } });
});

it('says sso_required of a list whose pages ask for it in the middle', async () => {
  const { service, organization, simulator, token } = await start();
  const { id } = await connect(service, token);
  await syncToEnd(service, id);
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const run = await requestSync(service, id);
  await held.arrived;
  organization.requireSso();
  held.release();
  const { errorCode, errorRemedy } = await finished(service, run.id);
  expect(errorCode).toBe('sso_required');
  expect(errorRemedy).toMatch(SSO_PAGE);
  expect(await service.dataSource.manager.countBy(Member, { status: 'active' })).toBe(12);
});

it.each([
  ['https://api.github.com', 'see www.githubstatus.com.'],
  ['https://ghe.acme.example/api/v3', 'ask the administrator of ghe.acme.example.'],
])('sends whoever cannot reach %s to who knows of it', (apiUrl, remedy) => {
  expect(githubFailureOf(new Error('No way.'), apiUrl)).toMatchObject({
    code: 'github_unavailable',
    remedy: `No data was lost. Try again in a few minutes; ${remedy}`,
  });
});

describe('what a person asks for', () => {
  it.each([
    {
      code: 'sso_required',
      status: 422,
      breaks: ({ organization }: Github) => organization.requireSso(),
      remedy: SSO_PAGE,
    },
    {
      code: 'missing_permission',
      status: 422,
      breaks: (github: Github) =>
        changeToken(github, { kind: 'fine-grained', approval: 'pending' }),
      remedy: PENDING,
    },
    {
      code: 'rate_limited',
      status: 503,
      breaks: ({ world, token }: Github) => world.setRemaining(token, 'core', 0, 600),
      remedy: /Try again in \d+ minutes/,
    },
    {
      code: 'secondary_limited',
      status: 503,
      breaks: ({ simulator }: Github) => void simulator.faults.on(/user$/).secondaryLimit(90),
      remedy: /Try again in 2 minutes/,
    },
    {
      code: 'github_unavailable',
      status: 502,
      breaks: ({ simulator }: Github) => void simulator.faults.on(/./, ALWAYS).html(),
      remedy: /administrator of 127\.0\.0\.1:\d+/,
    },
    {
      code: 'github_unavailable',
      status: 502,
      breaks: ({ simulator }: Github) => void simulator.faults.on(/./, ALWAYS).drop(),
      remedy: /administrator of 127\.0\.0\.1:\d+/,
    },
    {
      code: 'github_answer_invalid',
      status: 502,
      breaks: ({ simulator }: Github) => void simulator.faults.on(/./, ALWAYS).html(200),
      remedy: /https:\/\/HOST\/api\/v3/,
    },
    {
      code: 'github_answer_invalid',
      status: 502,
      breaks: ({ simulator }: Github) => void simulator.faults.on(/\/user$/, ALWAYS).status(404),
      remedy: /https:\/\/HOST\/api\/v3/,
    },
  ])('is refused with $code, $remedy', async ({ code, status, breaks, remedy }) => {
    const github = await start();
    breaks(github);
    const { service, token } = github;
    const failure: Error = await connect(service, token).then(
      () => new Error('It was connected.'),
      (error: Error) => error,
    );
    expect(failure).toMatchObject({ code, status, remedy: expect.stringMatching(remedy) });
    expect(failure.message).not.toBe('');
    expect(failure.message).not.toContain(token);
  });

  it('is not kept waiting by an answer whose rate limit window is over', async () => {
    const { simulator, service, token } = await start();
    const limits = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000000' };
    simulator.faults
      .on(/./, ALWAYS)
      .change((answer) => ({ ...answer, headers: { ...answer.headers, ...limits } }));
    expect(await connect(service, token)).toMatchObject({ organizationLogin: 'acme' });
  });
});
