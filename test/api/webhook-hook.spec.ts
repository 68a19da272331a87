import { describe, expect, it } from 'vitest';
import type { WebhookResponse } from '../../src/api/webhooks/webhook.response.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';

describe.each(ways)('the webhook at GitHub over the API, $way', (way) => {
  const start = async (scopes: string[]) => {
    const stage = await connected({ ...way });
    const { world, owner, token, organization, id } = stage;
    world.addToken({ token, user: owner, scopes });
    const path = `/api/v1/integrations/${id}/webhook`;
    return { ...stage, path, atGithub: () => world.hooks.of(organization) };
  };

  it('is made, set right, and removed', async () => {
    const { api, path, atGithub } = await start(['read:org', 'admin:org_hook']);
    const made = await api.post<WebhookResponse>(`${path}/hook`);
    expect(made.status).toBe(201);
    expect(atGithub()).toMatchObject([{ config: { url: made.body.url } }]);
    expect((await api.post<WebhookResponse>(`${path}/hook`)).status).toBe(200);
    const { body } = await api.post<{ secret: string }>(`${path}/secret`);
    expect(atGithub()).toMatchObject([{ config: body }]);
    expect((await api.delete(`${path}/hook`)).status).toBe(204);
    expect((await api.delete(`${path}/hook`)).status).toBe(204);
    expect(atGithub()).toEqual([]);
  });

  it('is refused without the right, which is named', async () => {
    const { api, path } = await start(['read:org']);
    const refused = await api.post<ProblemResponse>(`${path}/hook`);
    expect(refused).toMatchObject({ status: 422, body: { code: 'missing_permission' } });
    expect(refused.body.remedy).toContain('admin:org_hook');
  });
});
