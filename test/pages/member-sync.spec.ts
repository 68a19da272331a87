import { getQueueToken } from '@nestjs/bull';
import type { TestingModuleBuilder } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MEMBER_SYNC_QUEUE } from '../../src/platform/queue/queue.module.js';
import { connect, finished, reload, syncToEnd } from '../support/runs.js';
import { startGithub, ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';
import { htmxPoll, WebClient } from '../support/web-client.js';

const POLLING = /hx-get|hx-trigger|hx-swap/;

/** Records what it is told, and processes nothing. */
class RecordingQueue {
  readonly name = MEMBER_SYNC_QUEUE;
  readonly jobs: { runId: number }[] = [];
  onAdd: (job: { runId: number }) => Promise<void> = async () => undefined;

  async add(job: { runId: number }): Promise<void> {
    await this.onAdd(job);
    this.jobs.push(job);
  }

  process(): void {}
  on(): void {}
  async close(): Promise<void> {}
}

async function start({ dialect, bull, members = 3, queue }: StartOptions = {}) {
  const github = await startGithub({ members });
  const replace = (builder: TestingModuleBuilder) =>
    builder.overrideProvider(getQueueToken(MEMBER_SYNC_QUEUE)).useValue(queue);
  const service = await startWeb({
    dialect,
    bull,
    env: { GITHUB_API_URL: github.simulator.url },
    override: queue && replace,
  });
  const integration = await connect(service, github.token);
  const page = `/integrations/github/${integration.id}/members`;
  return { ...github, service, integration, page, sync: `${page}/sync` };
}

interface StartOptions {
  dialect?: 'sqlite' | 'mysql';
  bull?: boolean;
  members?: number;
  queue?: RecordingQueue;
}

describe('POST …/members/sync', () => {
  it('says syncing in the database before it queues exactly one job', async () => {
    const queue = new RecordingQueue();
    const { service, integration, sync } = await start({ queue });
    const seen: unknown[] = [];
    queue.onAdd = async ({ runId }) => {
      const { memberSyncStatus } = await reload(service, integration.id);
      seen.push(
        memberSyncStatus,
        await service.dataSource.manager.existsBy(MemberSyncRun, { id: runId }),
      );
    };
    const admin = await signedIn(service);
    const answer = await admin.post(sync);
    expect(seen).toEqual(['syncing', true]);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.text).toMatch(/^<div id="member-sync-status"[^>]*hx-trigger="every 2s"/);
    expect(answer.text).toContain('Syncing');
    expect((await admin.post(sync)).text).toContain('Syncing');
    expect(queue.jobs).toHaveLength(1);
  });

  it('is no page to look at, no right of members, and nothing of other teams', async () => {
    const queue = new RecordingQueue();
    const { service, page, sync } = await start({ queue });
    const admin = await signedIn(service);
    const look = await admin.get(sync);
    expect([look.status, look.headers.get('allow')]).toEqual([405, 'POST']);
    const member = await signedIn(service, { role: 'member' });
    expect((await member.post(sync)).status).toBe(403);
    expect((await member.get(`${sync}/progress`)).status).toBe(200);
    expect((await member.get(page)).text).not.toContain('Sync Now');
    expect((await admin.get(page)).text).toContain('Sync Now');
    const stranger = await signedIn(service, { team: 'other' });
    for (const path of [page, `${sync}/progress`, page.replace('members', 'runs')])
      expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(sync)).status).toBe(404);
    for (const id of ['abc', '0', '-1', '1.5', '99999999999999999999'])
      expect((await admin.post(`/integrations/github/${id}/members/sync`)).status).toBe(404);
    expect(queue.jobs).toEqual([]);
  });

  it('sends whoever is not signed in to sign in, and htmx as well', async () => {
    const { service, sync } = await start();
    const nobody = new WebClient(service.url);
    const answer = await nobody.post(sync);
    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/sign-in']);
    const poll = await nobody.get(`${sync}/progress`, htmxPoll);
    expect([poll.status, poll.headers.get('hx-redirect')]).toEqual([401, '/sign-in']);
  });

  it.each(ways)('is followed by the poll to the end, $way', async ({ dialect, bull }) => {
    const { simulator, service, integration, page, sync } = await start({ dialect, bull });
    const admin = await signedIn(service);
    const held = simulator.faults.on(/members/).hold();
    const asked = await admin.post(sync);
    expect(asked.headers.get('hx-trigger')).toBeNull();
    await held.arrived;
    const during = await admin.get(`${sync}/progress`, htmxPoll);
    expect(during.text).toMatch(POLLING);
    expect(during.headers.get('hx-trigger')).toBeNull();
    expect((await admin.get(page)).text).toContain('No members yet');
    held.release();
    await finished(service, (await latest(service.dataSource.manager.find(MemberSyncRun))).id);
    const after = await admin.get(`${sync}/progress`, htmxPoll);
    expect(after.headers.get('hx-trigger')).toBe('member-sync-finished');
    expect(after.text).not.toMatch(POLLING);
    expect(after.text).toContain('Complete');
    expect(after.text).toMatch(/<strong[^>]*>3<\/strong> members found/);
    const { text } = await admin.get(page);
    expect(text.match(/<tr[^>]* class="member /g)).toHaveLength(3);
    expect((await reload(service, integration.id)).memberSyncStatus).toBe('complete');
  });
});

describe('GET …/members/sync/progress', () => {
  const show = async (change: Partial<GithubIntegration>) => {
    const { service, integration, sync } = await start({ queue: new RecordingQueue() });
    await service.dataSource.manager.update(GithubIntegration, { id: integration.id }, change);
    const member = await signedIn(service, { role: 'member' });
    const { status, headers, text } = await member.get(`${sync}/progress`);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(text.trim()).toMatch(/^<div id="member-sync-status"[\s\S]*<\/div>$/);
    expect(text).not.toContain('<html');
    return text;
  };
  const result = {
    created: 1,
    updated: 2,
    unchanged: 1_997,
    failed: 4,
    deactivated: 5,
    reactivated: 6,
    held: 7,
    total: 2_004,
  };

  it('polls while syncing', async () => {
    const text = await show({ memberSyncStatus: 'syncing' });
    expect(text).toContain('Syncing');
    expect(text).toContain('loading-spinner');
    expect(text).toMatch(/hx-get="\/integrations\/github\/1\/members\/sync\/progress"/);
    expect(text).toMatch(/hx-trigger="every 2s"\s+hx-swap="outerHTML"/);
  });

  it('polls no more when complete, and shows the counts', async () => {
    const memberSyncCompletedAt = new Date();
    const text = await show({
      memberSyncStatus: 'complete',
      memberSyncResult: result,
      memberSyncCompletedAt,
    });
    expect(text).not.toMatch(POLLING);
    expect(text).toContain('badge-success');
    for (const words of ['1</strong> joined', '1,997</strong> unchanged', '5</strong> left'])
      expect(text).toContain(words);
    expect(text).toContain('2,004 members on GitHub');
    expect(text).toContain(memberSyncCompletedAt.toISOString());
  });

  it('polls no more after an error, and says what to do', async () => {
    const text = await show({
      memberSyncStatus: 'error',
      memberSyncError: '<img src=x onerror=alert(1)> Connect again.',
      memberSyncResult: result,
    });
    expect(text).not.toMatch(POLLING);
    expect(text).toContain('badge-error');
    expect(text).toContain('&lt;img src&#x3D;x onerror&#x3D;alert(1)&gt; Connect again.');
    expect(text).toContain('1,997</strong> unchanged');
  });

  it('polls not at all while pending', async () => {
    const text = await show({ memberSyncStatus: 'pending' });
    expect(text).not.toMatch(POLLING);
    expect(text).toContain('badge-neutral');
  });

  it('tells of an end that a page has not seen yet, and of nothing else', async () => {
    const { service, integration, sync } = await start();
    const admin = await signedIn(service);
    const look = async (seen: string) => {
      const { text, headers } = await admin.get(`${sync}/progress?seen=${seen}`);
      const [, now = ''] = /name="seen" value="([^"]+)"/.exec(text) ?? [];
      return { now, event: headers.get('hx-trigger') };
    };
    expect(await look('pending')).toEqual({ now: 'pending', event: null });
    const run = await syncToEnd(service, integration.id);
    const now = `${run.id}-complete`;
    expect(await look('pending')).toEqual({ now, event: 'member-sync-finished' });
    expect(await look(now)).toEqual({ now, event: null });
  });

  it('tells message and remedy of a failed run apart', async () => {
    const { service, integration, world, token, sync } = await start();
    world.revokeToken(token);
    await syncToEnd(service, integration.id);
    const { text } = await (await signedIn(service)).get(`${sync}/progress`);
    expect(text).toMatch(
      /GitHub rejected the token[\s\S]*What to do:[\s\S]*Connect the organization again/,
    );
    expect(text).not.toContain(token);
  });
});

async function latest<T>(all: Promise<T[]>): Promise<T> {
  const last = (await all).at(-1);
  if (!last) throw new Error('There is none.');
  return last;
}
