import { describe, expect, it } from 'vitest';
import { Webhooks } from '../../src/integrations/webhooks/webhooks.service.js';
import { deliver, memberEvent } from '../support/deliveries.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { KEEP_HINTS } from '../webhooks/support/receiving.js';
import { startPages } from './support/pages.js';

describe.each(ways)('the webhook on the settings page, $way', (way) => {
  async function start() {
    const stage = await startPages({ members: 3, ...way, env: KEEP_HINTS });
    const webhooks = stage.service.app.get(Webhooks, { strict: false });
    const secretForm = `${stage.of}/settings/webhook/secret`;
    return { ...stage, settings: `${stage.of}/settings`, secretForm, webhooks };
  }

  it('shows its address always, and a new secret once', async () => {
    const { admin, settings, secretForm, webhooks, integration } = await start();
    const { text } = await admin.get(settings);
    const url = await webhooks.url(integration);
    expect(text).toContain(`value="${url}"`);
    expect(text).toContain('/organizations/acme/settings/hooks"');
    expect(text).not.toContain('Copy the secret now');
    const made = await admin.post(secretForm);
    const secret = /value="([0-9a-f]{64})"/.exec(made.text)?.[1] ?? '';
    expect([made.status, made.text.includes('Copy the secret now')]).toEqual([200, true]);
    expect((await admin.get(settings)).text).not.toContain(secret);
    expect((await deliver(url, secret)).status).toBe(202);
  });

  it('shows what came', async () => {
    const { admin, settings, webhooks, integration, organization } = await start();
    const url = await webhooks.url(integration);
    const secret = await webhooks.replaceSecret(integration);
    expect((await admin.get(settings)).text.match(/none yet/g)).toHaveLength(2);
    await deliver(url, secret, { event: 'ping' });
    await deliver(url, secret, { payload: memberEvent(organization.id, { id: 7 }) });
    const { text } = await admin.get(settings);
    expect(text).not.toContain('none yet');
    expect(text).toContain('organization.member_added');
    expect(text).toMatch(/Accepted<\/dt>\s*<dd>1<\/dd>/);
    expect(text).toContain('nothing in 30 days that webhooks had missed');
  });

  it('is for admins, and for those of the team', async () => {
    const { service, secretForm } = await start();
    const member = await signedIn(service, { role: 'member' });
    expect((await member.post(secretForm)).status).toBe(403);
    const stranger = await signedIn(service, { team: 'blue' });
    expect((await stranger.post(secretForm)).status).toBe(404);
  });
});
