import { DataSource } from 'typeorm';
import { expect, it } from 'vitest';
import type { RunResponse } from '../../src/api/member-syncs/run.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { MemberSyncCancellation } from '../../src/integrations/runs/member-sync-cancellation.js';
import { MemberSyncRequests } from '../../src/integrations/runs/member-sync-requests.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { connected, startApi } from './support/api.js';
import { finishedRun } from './support/runs.js';

const INTEGRATIONS = '/api/v1/integrations';

it('an API token makes so many requests a minute, and is told when to come back', async () => {
  const { api } = await startApi({ env: { API_REQUESTS_PER_MINUTE: '3' } });
  for (let i = 0; i < 3; i++) expect((await api.get(INTEGRATIONS)).status).toBe(200);
  const refused = await api.get<ProblemResponse>(INTEGRATIONS);
  expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  const seconds = Number(refused.headers.get('Retry-After'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
  expect(refused.body.remedy).toContain(`${seconds} s`);
  expect(refused.headers.get('Cache-Control')).toBe('no-store');
  const other = await api.tokenOf('default');
  expect((await api.get(INTEGRATIONS, { token: other })).status).toBe(200);
});

it('whatever is asked counts, however it is spelt', async () => {
  const { api, id } = await connected({ env: { API_REQUESTS_PER_MINUTE: '100' } });
  await finishedRun(api, id);
  const ways: [method: string, path: string, headers?: Record<string, string>][] = [
    ['GET', INTEGRATIONS, { 'If-None-Match': '*' }],
    ['HEAD', INTEGRATIONS],
    ['GET', '/API/V1/Integrations'],
    ['GET', `${INTEGRATIONS}/`],
    ['GET', `${INTEGRATIONS}?limit=0`],
    ['GET', `${INTEGRATIONS}/987654`],
    ['GET', `${INTEGRATIONS}/${id}/members`, { Accept: 'text/csv' }],
    ['GET', `${INTEGRATIONS}/${id}/members`, { Accept: 'image/png' }],
    ['POST', INTEGRATIONS],
    ['DELETE', `${INTEGRATIONS}/987654`],
  ];
  for (let i = 0; i < 10; i++)
    for (const [method, path, headers] of ways) await api.call(method, path, { headers });
  for (const [method, path, headers] of ways)
    expect((await api.call(method, path, { headers })).status).toBe(429);
});

it('an organization can be asked again by the API a while after its last run ended', async () => {
  const { api, app, id, simulator } = await connected({ env: { API_SYNC_PAUSE_SECONDS: '10' } });
  const path = `${INTEGRATIONS}/${id}/member-syncs`;
  const ask = () => api.post<ProblemResponse>(path);
  const first = await finishedRun(api, id);
  const refused = await ask();
  expect(refused).toMatchObject({ status: 429, body: { code: 'sync_too_soon' } });
  const seconds = Number(refused.headers.get('Retry-After'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(10);
  expect(refused.body.remedy).toContain(`${seconds} s`);
  expect((await api.get<Page<RunResponse>>(path)).body.items).toHaveLength(1);

  // A person need not wait, and while that run is unfinished it is the API's answer.
  const requests = app.get(MemberSyncRequests, { strict: false });
  const person = { integrationId: id, trigger: 'manual', requestedBy: 'ada@example.com' } as const;
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const { run } = await requests.open(person);
  expect(run.id).not.toBe(first.id);
  expect(await ask()).toMatchObject({ status: 202, body: { id: run.id } });

  await app.get(MemberSyncCancellation, { strict: false }).cancel(run, 'ada@example.com');
  expect((await ask()).status).toBe(429);
  const earlier = new Date(Date.now() - 10_000);
  await app.get(DataSource).manager.update(MemberSyncRun, { id: run.id }, { finishedAt: earlier });
  expect((await ask()).status).toBe(202);
  held.release();
});

it('the tokens of a team together make so many requests a minute, and another team is not counted', async () => {
  const env = { API_REQUESTS_PER_MINUTE: '3', API_TEAM_REQUESTS_PER_MINUTE: '4' };
  const { api } = await startApi({ env });
  const second = await api.tokenOf('default');
  for (let i = 0; i < 3; i++) expect((await api.get(INTEGRATIONS)).status).toBe(200);
  // What the first token is refused does not count for the second.
  expect((await api.get(INTEGRATIONS)).status).toBe(429);
  expect((await api.get(INTEGRATIONS, { token: second })).status).toBe(200);
  const refused = await api.get<ProblemResponse>(INTEGRATIONS, { token: second });
  expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
  const token = await api.tokenOf('other');
  expect((await api.get(INTEGRATIONS, { token })).status).toBe(200);
});
