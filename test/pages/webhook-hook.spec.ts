import { expect, it } from 'vitest';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

async function start(scopes: string[]) {
  const stage = await startPages({ members: 3 });
  const { world, owner, token, organization, of } = stage;
  const allow = (now: string[]) => world.addToken({ token, user: owner, scopes: now });
  allow(scopes);
  const settings = `${of}/settings`;
  return {
    ...{ ...stage, allow, settings, form: `${settings}/webhook/hook` },
    atGithub: () => world.hooks.of(organization),
  };
}

const MANAGES = ['read:org', 'admin:org_hook'];

it('makes the webhook on GitHub, and removes it', async () => {
  const { admin, settings, form, atGithub } = await start(MANAGES);
  expect((await admin.get(settings)).text).toContain('Make the webhook on GitHub');
  const made = await admin.post(form);
  expect([made.status, made.headers.get('location')]).toEqual([303, `${settings}#webhook`]);
  expect(atGithub()).toHaveLength(1);
  const { text } = await admin.get(settings);
  expect(text).toContain('The webhook is on GitHub.');
  expect(text).toContain('Remove it from GitHub');
  await admin.post(`${form}/remove`);
  expect(atGithub()).toEqual([]);
});

it('says which right is missing, also for a new secret', async () => {
  const { admin, settings, form, allow } = await start(['read:org']);
  const refused = await admin.post(form);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('Add the scope admin:org_hook');
  allow(MANAGES);
  await admin.post(form);
  allow(['read:org']);
  const { text } = await admin.post(`${settings}/webhook/secret`);
  expect(text).toContain('Copy the secret now');
  expect(text).toContain('Add the scope admin:org_hook');
});

it('tells after a disconnection that the webhook is still there', async () => {
  const { admin, form, allow, of, atGithub } = await start(MANAGES);
  await admin.post(form);
  allow(['read:org']);
  await admin.post(`${of}/disconnect`, { name: 'acme', directory: 'keep' });
  expect(atGithub()).toHaveLength(1);
  expect((await admin.get('/integrations')).text).toContain(
    'Remove its webhook on GitHub yourself',
  );
});

it('is for admins, and for those of the team', async () => {
  const { service, form } = await start(MANAGES);
  const member = await signedIn(service, { role: 'member' });
  const stranger = await signedIn(service, { team: 'blue' });
  for (const path of [form, `${form}/remove`]) {
    expect((await member.post(path)).status).toBe(403);
    expect((await stranger.post(path)).status).toBe(404);
  }
});
