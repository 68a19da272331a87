import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { ApiConnections } from '../../src/github/http/api-connections.js';
import { atApi } from '../../src/github/http/api-links.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { ownClient } from '../support/github-client.js';
import { connect, syncToEnd } from '../support/runs.js';
import { startGithub, startService, ways } from '../support/service.js';

it.each(ways)('syncs from an Enterprise Server that tells no limits, $way', async (way) => {
  const { world, organization, token } = await startGithub({ members: 250 });
  const simulator = await Simulator.start({ world, rateLimits: false });
  onTestFinished(() => simulator.stop());
  const apiUrl = `${simulator.url}/api/v3`;
  const service = await startService({ ...way, env: { GITHUB_API_URL: `${apiUrl}/` } });
  const integration = await connect(service, token);
  expect(integration.apiUrl).toBe(apiUrl);
  const first: MemberSyncRun = await syncToEnd(service, integration.id);
  expect(first).toMatchObject({ state: 'complete', result: { created: 250, failed: 0 } });
  const leaver = organization.members.at(-1);
  if (leaver) organization.leave(leaver);
  const second = await syncToEnd(service, integration.id);
  expect(second).toMatchObject({ state: 'complete', result: { deactivated: 1, total: 249 } });
  const { manager } = service.dataSource;
  const names = (await manager.find(Member)).filter(({ name }) => name !== '');
  expect(names.length).toBeGreaterThan(200);
});

describe('an Enterprise Server that names itself by another address', () => {
  it.each([
    ['another scheme', (url: string) => url.replace('http:', 'https:')],
    ['another host', () => 'http://ghe.internal.example:8080'],
    ['no host at all', () => ''],
  ])('is synced where its links name %s', async (_, named) => {
    const { simulator, token } = await startGithub({ members: 250 });
    const change = (link = '') => link.replaceAll(simulator.url, named(simulator.url));
    simulator.faults.on(/./, { times: Number.POSITIVE_INFINITY }).change((answer) => ({
      ...answer,
      headers: {
        ...answer.headers,
        ...(answer.headers?.link && { link: change(answer.headers.link) }),
      },
    }));
    const service = await startService({ env: { GITHUB_API_URL: `${simulator.url}/api/v3` } });
    const { id } = await connect(service, token);
    const run = await syncToEnd(service, id);
    expect(run).toMatchObject({ state: 'complete', result: { created: 250, total: 250 } });
  });

  it.each([
    'https://ghe.internal.example/api/v3/user?moved=1',
    'http://127.0.0.1/api/v3/user?moved=1',
    '/api/v3/user?moved=1',
    'user?moved=1',
  ])('is followed to %s at its own address', async (location) => {
    const { simulator } = await startGithub();
    simulator.faults.on(/user$/).status(301, {}, { location });
    const client = ownClient(`${simulator.url}/api/v3`);
    expect(await client.viewer()).toMatchObject({ login: 'olga-owner' });
    expect(simulator.requests.count(/user\?moved=1$/)).toBe(1);
  });

  it('is asked at its own address alone', async () => {
    const { simulator } = await startGithub();
    const apiUrl = simulator.url.replace('127.0.0.1', 'localhost');
    const fetch = new ApiConnections(loadConfig({ GITHUB_API_URL: apiUrl })).fetchFor(apiUrl);
    await expect(fetch(`${simulator.url}/user`, { method: 'GET' })).rejects.toMatchObject({
      code: 'github_answer_invalid',
    });
    expect(simulator.requests.total).toBe(0);
  });

  it('is not followed for ever', async () => {
    const { simulator } = await startGithub();
    simulator.faults.on(/user$/, { times: 9 }).status(302, {}, { location: '/api/v3/user' });
    await expect(ownClient(`${simulator.url}/api/v3`).viewer()).rejects.toMatchObject({
      code: 'github_answer_invalid',
    });
    expect(simulator.requests.total).toBe(4);
  });
});

it.each([
  [
    'https://ghe.example/api/v3',
    '/api/v3/organizations/7/members?page=2',
    '/api/v3/organizations/7/members?page=2',
  ],
  ['https://ghe.example/api/v3', '/organizations/7', '/api/v3/organizations/7'],
  ['https://proxy.example/github', '/api/v3/organizations/7', '/github/organizations/7'],
  ['https://proxy.example/github', '/github/organizations/7', '/github/organizations/7'],
  ['https://api.github.com', '/organizations/7', '/organizations/7'],
])('at %s, a link to %s is asked for at %s', (apiUrl, link, path) => {
  const asked = atApi(`http://elsewhere.example${link}`, apiUrl);
  expect(asked).toBe(new URL(apiUrl).origin + path);
});

it.each(['x:@evil.example/organizations/1/members?page=2', 'mailto:a@evil.example'])(
  '%s leads to no API',
  (address) => {
    expect(atApi(address, 'https://api.github.com')).toBeUndefined();
  },
);
