import { describe, expect, it } from 'vitest';
import type { IntegrationResponse } from '../../src/api/integrations/integration.response.js';
import type { ChangeResponse } from '../../src/api/member-syncs/change.response.js';
import type { MemberResponse } from '../../src/api/members/member.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { json } from '../../src/simulator/answer.js';
import type { SimRequest } from '../../src/simulator/exchange.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { parseCsv } from '../support/csv.js';
import { ways } from '../support/service.js';
import { connected, startApi } from './support/api.js';
import { finishedRun } from './support/runs.js';

/** The directory of an Enterprise Server's organization. */
async function start(way: (typeof ways)[number]) {
  const env = { ALLOW_PRIVATE_API_URLS: 'true' };
  const stage = await startApi({ ...way, members: 3, env });
  const { api, simulator, world, organization, token } = stage;
  const sleeper = world.addUser({ login: 'sleeper', name: 'Sleepy Person' });
  organization.join(sleeper);
  organization.join(world.addUser({ login: 'deploy-bot', accountType: 'Bot' }));
  const apiUrl = `${simulator.url}/api/v3`;
  const connected = await api.post<IntegrationResponse>('/api/v1/integrations', {
    ...{ organization: 'acme', token, apiUrl },
  });
  const { id } = connected.body;
  const path = `/api/v1/integrations/${id}/members`;
  const members = async (query = '') =>
    (await api.get<Page<MemberResponse>>(path + query)).body.items;
  const logins = async (query: string) => (await members(query)).map(({ login }) => login);
  const sync = () => finishedRun(api, id);
  return { ...stage, sleeper, path, members, logins, sync };
}

describe.each(ways)('on an Enterprise Server, $way', (way) => {
  it('suspended people stay members, and are told from others', async () => {
    const { api, world, sleeper, path, members, logins, sync } = await start(way);
    await sync();
    expect((await members()).map(({ suspended }) => suspended)).toEqual(Array(5).fill(false));
    expect(await logins('?type=Bot')).toEqual(['deploy-bot']);
    expect(await logins('?type=User')).toHaveLength(4);
    const before = new Date().toISOString();

    world.suspendUser(sleeper);
    const run = await sync();
    expect(run.result).toMatchObject({ updated: 1, unchanged: 4, deactivated: 0, total: 5 });
    const changes = await api.get<Page<ChangeResponse>>(`/api/v1/member-syncs/${run.id}/changes`);
    expect(changes.body.items).toMatchObject([
      {
        ...{ login: 'sleeper', kind: 'suspension' },
        ...{ before: { suspended: false }, after: { suspended: true } },
      },
    ]);
    expect(await members('?suspended=true')).toMatchObject([
      { login: 'sleeper', displayName: 'Sleepy Person', status: 'active', suspended: true },
    ]);
    expect(await logins('?suspended=false')).toHaveLength(4);
    const csv = await api.get(path, { headers: { Accept: 'text/csv' } });
    const [header, ...rows] = parseCsv(csv.text);
    const row = rows.find(([, login]) => login === 'sleeper');
    expect(row?.[header?.indexOf('suspended') ?? -1]).toBe('true');

    expect(await logins(`?suspended=true&asOf=${before}`)).toEqual([]);
    const past = await members(`?asOf=${before}`);
    for (const { login, suspended, since } of past)
      expect({ login, suspended, isKnown: since !== null }).toEqual({
        ...{ login, suspended: false, isKnown: true },
      });

    world.unsuspendUser(sleeper);
    expect((await sync()).result).toMatchObject({ updated: 1, total: 5 });
    expect(await logins('?suspended=true')).toEqual([]);
  });
});

it('people of whom a server tells for the first time that they are not suspended have not changed', async () => {
  const { api, dataSource, logins, sync } = await start(ways[0]);
  await sync();
  await dataSource.query('UPDATE members SET suspended = NULL');
  const run = await sync();
  expect(run).toMatchObject({ state: 'complete', result: { updated: 0, unchanged: 5 } });
  const changes = await api.get<Page<ChangeResponse>>(`/api/v1/member-syncs/${run.id}/changes`);
  expect(changes.body.items).toEqual([]);
  expect(await logins('?suspended=false')).toHaveLength(5);
});

it('managed users are suspended as long as the list says so', async () => {
  const { api, id, simulator } = await connected({ ...ways[0], members: 3 });
  const path = `/api/v1/integrations/${id}/members`;
  const sync = async (role?: string) => {
    const etag = `"${role}"`;
    const list = simulator.faults.on(MEMBER_PAGES, { times: Infinity }).change((answer) => {
      const rows = JSON.parse(answer.body ?? '[]').map((row: object) => ({ ...row, role }));
      return json(rows, { ...answer.headers, etag });
    });
    await finishedRun(api, id);
    list.remove();
    const { items } = (await api.get<Page<MemberResponse>>(path)).body;
    return items.map(({ suspended }) => suspended);
  };
  const all = <T>(value: T) => Array(3).fill(value);
  expect(await sync('suspended')).toEqual(all(true));
  expect(await sync('member')).toEqual(all(false));
  expect(await sync('suspended')).toEqual(all(true));
  expect(await sync()).toEqual(all(null));
});

it('a server whose schema lacks suspendedAt is asked without it', async () => {
  const { simulator, organization, world, logins, sync } = await start(ways[0]);
  for (let i = 0; i < 300; i++) organization.join(world.addUser());
  const message = "Field 'suspendedAt' doesn't exist on type 'User'";
  const asks = ({ graphql }: SimRequest) => String(graphql?.query).includes('suspendedAt');
  simulator.faults.on(asks, { times: Infinity }).status(200, { errors: [{ message }] });
  expect(await sync()).toMatchObject({ state: 'complete', result: { created: 305 } });
  expect(await logins('?suspended=true')).toEqual([]);
  expect(await logins('?suspended=false')).toEqual([]);
});
