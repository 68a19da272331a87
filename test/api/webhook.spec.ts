import { describe, expect, it } from 'vitest';
import type {
  WebhookResponse,
  WebhookSecretResponse,
} from '../../src/api/webhooks/webhook.response.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { deliver, memberEvent } from '../support/deliveries.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { KEEP_HINTS } from '../webhooks/support/receiving.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

const DAY = 86_400_000;

describe.each(ways)('the webhook of an integration over the API, $way', (way) => {
  const start = async () => {
    const stage = await connected({ ...way, env: KEEP_HINTS });
    const path = `/api/v1/integrations/${stage.id}/webhook`;
    const show = async () => (await stage.api.get<WebhookResponse>(path)).body;
    return { ...stage, path, show };
  };

  it('has an address and a secret with which deliveries are accepted', async () => {
    const { api, path, show, organization } = await start();
    const shown = await show();
    expect(shown).toEqual({
      url: expect.stringMatching(/\/webhooks\/github\/[0-9a-f]{32}$/),
      createdAt: expect.any(String),
      ...{ lastDeliveryAt: null, lastEvent: null, accepted: 0, ignored: 0, refused: 0, missed: 0 },
    });
    const made = await api.post<WebhookSecretResponse>(`${path}/secret`);
    expect(made.status).toBe(201);
    expect(made.body.secret).toMatch(/^[0-9a-f]{64}$/);
    const payload = memberEvent(organization.id, { id: 7 });
    const url = new URL(shown.url).pathname;
    expect((await deliver(api.url + url, made.body.secret, { payload })).status).toBe(202);
    expect((await deliver(api.url + url, 'another', { payload })).status).toBe(401);
    expect((await deliver(api.url + url, made.body.secret, { event: 'push' })).status).toBe(202);
    await until(async () => (await show()).refused === 1);
    expect(await show()).toMatchObject({
      ...{ url: shown.url, createdAt: shown.createdAt, accepted: 1, ignored: 1, missed: 0 },
      ...{ lastEvent: 'push', lastDeliveryAt: expect.any(String) },
    });
  });

  it('counts what was missed in the last 30 days', async () => {
    const { api, id, show, dataSource } = await start();
    const now = Date.now();
    for (const [missed, days] of [
      [3, 31],
      [2, 29],
      [5, 1],
      [null, 0],
    ] as const) {
      const { id: runId } = await finishedRun(api, id);
      const finishedAt = new Date(now - days * DAY);
      await dataSource.manager.update(MemberSyncRun, { id: runId }, { missed, finishedAt });
    }
    expect((await show()).missed).toBe(7);
  });

  it('has none while the organization is disconnected, and then another one', async () => {
    const { api, id, path, show } = await start();
    const before = await show();
    await api.delete(`/api/v1/integrations/${id}?keepDirectory=true`);
    for (const answer of [
      await api.get<ProblemResponse>(path),
      await api.post<ProblemResponse>(`${path}/secret`),
    ])
      expect(answer).toMatchObject({ status: 409, body: { code: 'integration_disconnected' } });
    expect((await deliver(api.url + new URL(before.url).pathname, 'any')).status).toBe(404);
  });
});
