import { expect, it } from 'vitest';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
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
