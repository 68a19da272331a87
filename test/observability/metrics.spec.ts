import { describe, expect, it } from 'vitest';
import { afterLeaving, startPages } from '../pages/support/pages.js';
import { finished, requestSync, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { ask, METRICS_TOKEN, scrape, total } from './support/scrape.js';
import { endOf, watched } from './support/watched.js';

const [, scaled] = ways;
const env = { METRICS_TOKEN };

describe.each(ways)('the metrics, $way', (way) => {
  it('are for who has the token, outside of sessions', async () => {
    const { service, integration } = await startPages({ ...way, env });
    await syncToEnd(service, integration.id);
    const { url } = service;
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    const wrong = await ask(url, `${METRICS_TOKEN}x`);
    expect(wrong.status).toBe(401);
    expect(await wrong.json()).toMatchObject({ code: 'metrics_token_required' });
    const answer = await ask(url);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('are not there without a token', async () => {
    const { service, integration } = await startPages(way);
    await syncToEnd(service, integration.id);
    const answer = await ask(service.url);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'not_found' });
  });

  it('count runs, people, requests and waits', async () => {
    const { service, integration, admin, page } = await startPages({ ...way, members: 20, env });
    await syncToEnd(service, integration.id);
    await admin.get(page);
    await admin.get(`${page.replace(/\d+/, '4711')}`);
    const samples = await scrape(service.url);
    const of = (name: string, labels = {}) => total(samples, `rollcall_${name}`, labels);
    const ended = { state: 'complete', trigger: 'manual' };
    expect(of('runs_total', ended)).toBe(1);
    expect(of('run_duration_seconds_count', ended)).toBe(1);
    expect(of('people_changed_total', { kind: 'joined' })).toBe(20);
    const members = { method: 'GET', route: '/orgs/{org}/members' };
    expect(of('github_requests_total', { ...members, status: '200' })).toBeGreaterThan(0);
    expect(of('github_request_duration_seconds_count', members)).toBeGreaterThan(0);
    expect(of('github_requests_total', { method: 'POST', route: '/graphql' })).toBeGreaterThan(0);
    expect(of('github_rate_limit_remaining', { resource: 'core' })).toBeGreaterThan(1_000);
    expect(of('github_rate_limit_remaining_ratio', { resource: 'core' })).toBeLessThanOrEqual(1);
    const directory = { method: 'GET', route: '/integrations/github/:id/members' };
    expect(of('http_requests_total', { ...directory, status: '200' })).toBe(1);
    expect(of('http_requests_total', { ...directory, status: '404' })).toBe(1);
    expect(of('http_request_duration_seconds_count', directory)).toBe(2);
    expect(of('database_transaction_duration_seconds_count')).toBeGreaterThan(0);
    const waits = way.bull ? 'mysql_pool_wait_seconds' : 'sqlite_wait_seconds';
    expect(of(`${waits}_count`)).toBeGreaterThan(10);
    expect(of('queue_depth')).toBe(0);
    expect(of('build_info')).toBe(1);
    expect(of('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);
    expect(of('metrics_failures_total')).toBe(0);
    const ids = samples.flatMap(({ labels }) =>
      Object.entries(labels).filter(([name, is]) => name !== 'le' && /\d{4,}/.test(is)),
    );
    expect(ids).toEqual([]);
  });

  it('tell what waits and what runs now', async () => {
    const { service, integration, simulator } = await startPages({ ...way, env });
    const held = simulator.faults.on(/members/).hold();
    const { id } = await requestSync(service, integration.id);
    await held.arrived;
    const running = await scrape(service.url);
    const state = { state: 'running', trigger: 'manual' };
    expect(total(running, 'rollcall_unfinished_runs', state)).toBe(1);
    expect(total(running, 'rollcall_oldest_heartbeat_age_seconds')).toBeLessThan(15);
    held.release();
    await finished(service, id);
    const { manager } = service.dataSource;
    await manager.query(
      `UPDATE member_sync_runs SET state = 'queued', unfinished_integration_id = integration_id,
         finished_at = NULL, handed_over_at = '2099-01-01 00:00:00.000',
         requested_at = '2026-01-01 00:00:00.000'`,
    );
    const queued = await scrape(service.url);
    expect(total(queued, 'rollcall_queue_depth')).toBe(1);
    expect(total(queued, 'rollcall_oldest_queued_run_age_seconds')).toBeGreaterThan(86_400);
    expect(total(queued, 'rollcall_unfinished_runs', state)).toBe(0);
  });

  it('leave out what the database does not tell', async () => {
    const { service } = await startPages({ ...way, env });
    await service.dataSource.query('ALTER TABLE member_sync_runs RENAME TO elsewhere');
    const samples = await scrape(service.url);
    expect(total(samples, 'rollcall_metrics_failures_total', { source: 'runs' })).toBe(1);
    expect(samples.filter(({ name }) => name === 'rollcall_queue_depth')).toEqual([]);
    await service.dataSource.query('ALTER TABLE elsewhere RENAME TO member_sync_runs');
  });
});

it('count held removals as a run, and no change of theirs', async () => {
  const { service } = await afterLeaving(10, { env });
  const samples = await scrape(service.url);
  expect(total(samples, 'rollcall_people_changed_total', { kind: 'left' })).toBe(0);
  expect(total(samples, 'rollcall_runs_total', { state: 'complete' })).toBe(2);
});

it('of a worker are on METRICS_PORT', async () => {
  const { env, start, signIn, click, synced } = await watched({
    ...scaled,
    env: { METRICS_TOKEN, METRICS_PORT: '0' },
  });
  env.ROLE = 'web';
  const web = start(['serve']);
  env.ROLE = 'worker';
  const worker = start(['serve']);
  const [, port] = await worker.waitForLine(/The metrics are on port (\d+)/);
  const client = await signIn(await web.ready);
  await click(client, 'click');
  await synced(client);
  const address = `http://127.0.0.1:${port}`;
  const samples = await scrape(address);
  expect(total(samples, 'rollcall_runs_total', { state: 'complete' })).toBe(1);
  expect(total(samples, 'rollcall_github_requests_total')).toBeGreaterThan(0);
  expect((await ask(address, 'wrong')).status).toBe(401);
  expect((await fetch(`${address}/health/live`)).status).toBe(404);
  expect(total(await scrape(await web.ready), 'rollcall_runs_total')).toBe(0);
  await endOf(worker);
});
