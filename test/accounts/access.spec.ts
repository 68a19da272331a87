import { HttpAdapterHost } from '@nestjs/core';
import { describe, expect, it } from 'vitest';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { User } from '../../src/accounts/users/user.entity.js';
import type { Caller } from '../../src/platform/web/access.decorator.js';
import { routesOf } from '../../src/platform/web/routes.js';
import { type Route, routesOfApp } from '../support/routes.js';
import { ways } from '../support/service.js';
import { signedIn, startWeb, type WebService } from '../support/web.js';

const CALLERS: Caller[] = [
  'nobody',
  'member',
  'admin',
  'instance admin',
  'read-only token',
  'full token',
];

/** Who may use a route that declares this. An instance admin here is only a member of the team. */
const ADMITTED: Record<Caller, Caller[]> = {
  nobody: CALLERS,
  member: ['member', 'admin', 'instance admin'],
  admin: ['admin'],
  'instance admin': ['instance admin'],
  'read-only token': ['read-only token', 'full token'],
  'full token': ['full token'],
};

/** Served without a controller: files and documents that hold no team's data, and what is signed. */
const WITHOUT_CONTROLLER = /^\/(assets\/:name|docs|webhooks\/github)(\/|$)/;

/** Headers that make the request a caller's. */
type Headers = Record<string, string>;

async function headersOf(service: WebService): Promise<Record<Caller, Headers>> {
  const { app, dataSource } = service;
  const people = ['member', 'admin', 'instance admin'] as const;
  const cookies: Headers[] = [];
  for (const kind of people) {
    const email = `${kind.replace(' ', '-')}@example.org`;
    const role = kind === 'admin' ? 'admin' : 'member';
    const client = await signedIn(service, { email, role });
    await dataSource.manager.update(User, { email }, { instanceAdmin: kind === 'instance admin' });
    cookies.push({ cookie: client.cookie });
  }
  const [member = {}, admin = {}, instanceAdmin = {}] = cookies;
  const { id: teamId } = await app.get(TeamsService).get('default');
  const bearer = async (readOnly: boolean) => {
    const { value } = await app.get(ApiTokensService).create(teamId, 'test', { readOnly });
    return { authorization: `Bearer ${value}` };
  };
  return {
    nobody: {},
    ...{ member, admin, 'instance admin': instanceAdmin },
    ...{ 'read-only token': await bearer(true), 'full token': await bearer(false) },
  };
}

/** Signing out would end the session for the requests after it. */
const last = (routes: Route[]): Route[] => [
  ...routes.filter(({ path }) => path !== '/sign-out'),
  ...routes.filter(({ path }) => path === '/sign-out'),
];

async function isAdmitted(url: string, { method, path, access }: Route, headers: Headers) {
  const address = `${url}${path.replace(/:\w+/g, '987654')}`;
  const answer = await fetch(address, { method, headers, redirect: 'manual' });
  await answer.body?.cancel();
  const toSignIn = /\/sign-in(\?|$)/.test(answer.headers.get('location') ?? '');
  // To sign in without a password is refused with 401 too.
  const isRefused =
    (answer.status === 401 && access !== 'nobody') ||
    answer.status === 403 ||
    (toSignIn && answer.status === 302);
  return !isRefused;
}

describe.each(ways)('the routes, $way', (way) => {
  it('each declare their callers, and admit these and nobody else', async () => {
    const service = await startWeb(way);
    const routes = routesOfApp(service.app);
    expect(routes.filter(({ access }) => !access)).toEqual([]);
    expect(routes.length).toBeGreaterThan(50);
    const headers = await headersOf(service);
    for (const route of last(routes))
      for (const caller of CALLERS) {
        const admitted = await isAdmitted(service.url, route, headers[caller]);
        const expected = ADMITTED[route.access ?? 'nobody'].includes(caller);
        expect({ ...route, caller, admitted }).toEqual({ ...route, caller, admitted: expected });
      }
  });
});

it('a route that no controller has is a file that everybody may read, or takes what is signed', async () => {
  const { app } = await startWeb();
  const known = new Set(routesOfApp(app).map(({ path }) => path));
  const { httpAdapter } = app.get(HttpAdapterHost);
  const paths = routesOf(httpAdapter.getInstance()).map(({ route }) => `${route.path}`);
  expect(paths.filter((path) => !known.has(path) && !WITHOUT_CONTROLLER.test(path))).toEqual([]);
});

it('docs/access.md lists every route and who may use it', async () => {
  const { app } = await startWeb();
  const rows = routesOfApp(app).map(
    ({ method, path, access = 'nobody' }) =>
      `| \`${method} ${path}\` | ${CALLERS.map((caller) =>
        ADMITTED[access].includes(caller) ? 'yes' : '',
      ).join(' | ')} |`,
  );
  await expect(`${HEAD}${rows.join('\n')}\n`).toMatchFileSnapshot('../../docs/access.md');
});

const HEAD = `# Who may use which route

Each route declares the least caller with \`@Access\`, and the guard admits no other. This table comes from the routes
themselves: \`npx vitest run test/accounts/access.spec.ts -u\` writes it.

- **Nobody** is not signed in. **Members** and **admins** belong to the team and use pages with their session.
- An **instance admin** makes, renames and deletes teams. This right alone shows no team's data: in a team, an instance
  admin is what the team made them. The table shows one who is a member.
- **GitHub** sends signed deliveries to \`POST /webhooks/github\` and \`POST /webhooks/github/:key\`, which are not in the table: the
  signature says who sends them. See [Webhooks](webhooks.md#answers).
- **API tokens** belong to a team and work for \`/api/v1\` only.

| route | ${CALLERS.join(' | ')} |
| --- |${' --- |'.repeat(CALLERS.length)}
`;
