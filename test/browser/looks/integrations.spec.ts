import { it } from 'vitest';
import { IntegrationDisconnection } from '../../../src/integrations/connecting/integration-disconnection.js';
import { Credential } from '../../../src/integrations/connections/credential.entity.js';
import type { GithubIntegration } from '../../../src/integrations/connections/github-integration.entity.js';
import { IntegrationSchedules } from '../../../src/integrations/schedules/integration-schedules.js';
import { MEMBER_PAGES } from '../../../src/simulator/faults.js';
import { afterLeaving, startPages } from '../../pages/support/pages.js';
import { look } from '../../support/looks.js';
import { connect, finished, requestSync, syncToEnd } from '../../support/runs.js';
import { enter } from '../../support/visitor.js';

const DAY = 86_400_000;

it('one organization, its settings, and the way to disconnect it', async () => {
  const { service, integration, of, world, owner, token } = await startPages({ members: 12 });
  await syncToEnd(service, integration.id);
  const settings = `${of}/settings`;
  const disconnect = `${of}/disconnect`;
  const visitor = await enter(service);
  await look(visitor, {
    'integrations-one': '/integrations',
    'settings-off': settings,
    'settings-weekly': async (page) => {
      await page.goto(settings);
      await page.getByLabel('Every week').check();
      await page.getByLabel('Time zone').fill('Europe/Berlin');
    },
    'settings-wrong': async (page) => {
      await page.goto(settings);
      await page.getByLabel('Every day').check();
      await page.getByLabel('Time zone').fill('Mars/Olympus');
      await page.getByLabel('Days').fill('0');
      await page.getByRole('button', { name: 'Save settings' }).click();
      await page.getByText('Not saved.').waitFor();
    },
    'settings-webhook-secret': async (page) => {
      await page.goto(settings);
      await page.getByRole('button', { name: 'Show a new secret' }).click();
      await page.getByText('Copy the secret now').waitFor();
    },
    'settings-webhook-refused': async (page) => {
      await page.goto(settings);
      await page.getByRole('button', { name: 'Make the webhook on GitHub' }).click();
      await page.getByText('Add the scope admin:org_hook').waitFor();
    },
    'settings-webhook-made': async (page) => {
      world.addToken({ token, user: owner, scopes: ['read:org', 'admin:org_hook'] });
      await page.goto(settings);
      await page.getByRole('button', { name: 'Make the webhook on GitHub' }).click();
      await page.getByText('Remove it from GitHub').waitFor();
    },
    disconnect,
    'disconnect-wrong': async (page) => {
      await page.goto(disconnect);
      await page.getByLabel('Delete.').check();
      await page.getByLabel('Type acme to confirm').fill('acne');
      await page.getByRole('button', { name: 'Disconnect' }).click();
      await page.getByText('The name does not match').waitFor();
    },
  });
  await service.app
    .get(IntegrationDisconnection, { strict: false })
    .disconnect(integration, { keepDirectory: true });
  await look(visitor, {
    'integrations-one-disconnected': '/integrations',
    'members-disconnected': `${of}/members`,
    'settings-disconnected': settings,
    'disconnect-kept': disconnect,
  });
}, 300_000);

it('thirty organizations in every state', async () => {
  const { service, world, owner, token, simulator } = await afterLeaving(8);
  const get = <T>(type: new (...args: never[]) => T) => service.app.get(type, { strict: false });
  const connected = [];
  for (let i = 1; i < 30; i++) {
    const login = i === 7 ? 'a-name-that-is-as-long-as-github-allows' : `organization-${i}`;
    world.addOrganization({ login, members: (i * 7) % 40 }).join(owner);
    const own = `ghp_${i}`;
    world.addToken({ token: own, user: owner });
    connected.push(await connect(service, i < 5 ? own : token, { organization: login }));
  }
  type One = GithubIntegration;
  const [one, two, three, four, five, six] = connected as [One, One, One, One, One, One];
  for (const { id } of connected.slice(0, 20)) await syncToEnd(service, id);
  const { manager } = service.dataSource;
  const ends = (days: number) => ({ expiresAt: new Date(Date.now() + days * DAY + 60_000) });
  await manager.update(Credential, one.credentialId, ends(12));
  await manager.update(Credential, two.credentialId, ends(-2));
  await manager.update(Credential, three.credentialId, ends(200));
  world.revokeToken('ghp_4');
  await syncToEnd(service, four.id);
  await get(IntegrationDisconnection).disconnect(five, { keepDirectory: true });
  const weekly = { kind: 'weekly', weekday: 5, time: '22:15', zone: 'Europe/Berlin' } as const;
  await get(IntegrationSchedules).set(three, weekly);
  await get(IntegrationSchedules).set(four, { ...weekly, kind: 'hourly' });
  const held = simulator.faults.on(MEMBER_PAGES).hold();
  const run = await requestSync(service, six.id);
  await held.arrived;
  await look(await enter(service), { 'integrations-thirty': '/integrations' });
  const person = { role: 'member' } as const;
  const member = await enter(service, { person });
  await look(member, { 'integrations-thirty-as-member': '/integrations' });
  held.release();
  await finished(service, run.id);
}, 300_000);
