import { describe, expect, it } from 'vitest';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { NotificationChannel } from '../../src/integrations/outbox/notification-channel.entity.js';
import { testBody } from '../../src/notifications/channels/channel-test.js';
import { storeMessage } from '../../src/notifications/messages/store-message.js';
import { MailServer } from '../support/mail-server.js';
import {
  addChannel,
  atOnce,
  NOTIFYING,
  Receiver,
  settled,
  tried,
} from '../support/notifications.js';
import { ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';

const PAGE = '/notifications';

describe.each(ways)('the pages of notifications, $way', (way) => {
  async function start(env = {}) {
    const service = await startWeb({ ...way, env: { ...NOTIFYING, ...env } });
    const receiver = await Receiver.start();
    const { manager } = service.dataSource;
    const form = { kind: 'webhook', name: 'Operations', address: receiver.url };
    const tell = (id: number) =>
      manager.transaction((tx) => storeMessage(tx, { teamId: 1, body: testBody() }, [atOnce(id)]));
    const channel = () => manager.findOneByOrFail(NotificationChannel, {});
    return { service, admin: await signedIn(service), receiver, form, tell, channel, manager };
  }

  const secretIn = (text: string) => /whsec_[\w+/=&#;]+/.exec(text)?.[0] ?? '';

  it('make a channel, and show its secret once', async () => {
    const { admin, form, channel } = await start();
    expect((await admin.get(PAGE)).text).toContain('No channels yet');
    const made = await admin.post(PAGE, { ...form, events: 'member.left' });
    expect(made.status).toBe(200);
    expect(secretIn(made.text)).not.toBe('');
    const { id } = await channel();
    for (const path of [PAGE, `${PAGE}/${id}`]) {
      const { text } = await admin.get(path);
      expect(text).toContain('Operations');
      expect([secretIn(text), text.includes('/hook')]).toEqual(['', false]);
    }
    const again = await admin.post(`${PAGE}/${id}/secret`);
    expect(secretIn(again.text)).not.toBe(secretIn(made.text));
  });

  it('name what is wrong in a form, and keep what was typed', async () => {
    const { admin, form, manager } = await start();
    for (const [wrong, words] of [
      [{ name: '', events: 'member.left' }, 'The name of the channel is not valid.'],
      [{ address: 'nowhere', events: 'member.left' }, 'The address of the channel is not valid.'],
      [{}, 'The events of the channel are not valid.'],
    ] as const) {
      const { status, text } = await admin.post(PAGE, { ...form, ...wrong });
      expect([status, text.includes(words)]).toEqual([422, true]);
      expect(text).toContain('value="webhook" selected');
    }
    expect(await manager.count(NotificationChannel)).toBe(0);
  });

  it('make an email channel and change its recipients, where the server can send email', async () => {
    const without = await start();
    expect((await without.admin.get(PAGE)).text).not.toContain('Recipients');
    const { env } = await MailServer.start();
    const { admin, channel } = await start(env);
    const typed = { kind: 'email', name: 'Owners', events: 'member.left', address: '' };
    const wrong = await admin.post(PAGE, { ...typed, recipients: 'ada' });
    expect([wrong.status, wrong.text.includes('value="ada"')]).toEqual([422, true]);
    const recipients = 'ada@example.com, bob@example.com';
    expect((await admin.post(PAGE, { ...typed, recipients })).status).toBe(200);
    const { id } = await channel();
    expect((await admin.get(PAGE)).text).toContain('Email to ada@example.com and 1 more');
    const path = `${PAGE}/${id}`;
    expect((await admin.get(path)).text).toContain(`value="${recipients}"`);
    const changed = { name: 'Owners', events: 'member.left', recipients: 'eve@example.com' };
    const daily = { digest: 'daily', digestTime: '07:30', digestZone: 'Europe/Berlin' };
    await admin.post(path, { ...changed, ...daily });
    expect(await channel()).toMatchObject({ recipients: ['eve@example.com'], ...daily });
    expect((await admin.get(path)).text).toContain('value="daily" selected');
    const refused = await admin.post(path, { ...changed, ...daily, digestZone: 'Nowhere' });
    expect([refused.status, refused.text.includes('value="Nowhere"')]).toEqual([422, true]);
    expect(refused.text).toContain('The digest of the channel is not valid.');
    expect((await admin.post(path, { name: 'Owners', events: 'member.left' })).status).toBe(422);
  });

  it('change a channel, and keep the address that they do not show', async () => {
    const { service, admin, receiver, channel } = await start();
    const { id } = (await addChannel(service, receiver.url)).channel;
    const { sealedAddress } = await channel();
    const path = `${PAGE}/${id}`;
    const saved = await admin.post(path, { name: 'Audit', address: '', events: 'run.failed' });
    expect([saved.status, saved.headers.get('location')]).toEqual([303, path]);
    expect(await channel()).toMatchObject({
      ...{ name: 'Audit', events: ['run.failed'], integrationIds: null, sealedAddress },
    });
    expect((await admin.post(path, { name: 'Audit', address: 'nowhere' })).status).toBe(422);
    await admin.post(`${path}/enabled`, { enabled: 'false' });
    expect((await admin.get(path)).text).toContain('Switch on');
    await admin.post(`${path}/enabled`, { enabled: 'true' });
    expect((await channel()).disabledAt).toBeNull();
    expect((await admin.get(`${path}/delete`)).text).toContain('Delete <bdi>Audit</bdi>?');
    expect((await admin.post(`${path}/delete`)).status).toBe(303);
    expect((await admin.get(path)).status).toBe(404);
  });

  it('send a test and show the answer, and send a delivery again', async () => {
    const { service, admin, receiver, tell } = await start();
    const { id } = (await addChannel(service, receiver.url)).channel;
    const path = `${PAGE}/${id}`;
    expect((await admin.post(`${path}/test`)).text).toContain('The test was delivered.');
    receiver.answer = (response) => void response.writeHead(500).end('<b>It failed.</b>');
    const failed = (await admin.post(`${path}/test`)).text;
    expect(failed).toContain('The test failed. It answered with 500.');
    expect(failed).toContain('&lt;b&gt;It failed.&lt;/b&gt;');
    await tell(id);
    const [delivery] = await tried(service, 1);
    const { text } = await admin.get(path);
    expect(text).toContain('&lt;b&gt;It failed.&lt;/b&gt;');
    expect(text).toContain('Try now');
    receiver.succeed();
    const again = await admin.post(`${path}/deliveries/${delivery?.id}/redeliver`);
    expect(again.status).toBe(303);
    await settled(service);
    const after = (await admin.get(path)).text;
    expect(after).toContain('Send again');
    expect(after).toContain('Delivered');
  });

  it('show deliveries page by page', async () => {
    const { service, admin, receiver, tell } = await start();
    const { id } = (await addChannel(service, receiver.url)).channel;
    for (let i = 0; i < 31; i++) await tell(id);
    await settled(service);
    const count = (text: string) => text.split('/redeliver"').length - 1;
    const first = (await admin.get(`${PAGE}/${id}`)).text;
    const next = /href="([^"#]+\?before=\d+)#deliveries"/.exec(first)?.[1] ?? '';
    expect(count(first)).toBe(30);
    expect(count((await admin.get(next)).text)).toBe(1);
    for (const wrong of ['0', '-1', '1e99', 'x'])
      expect(count((await admin.get(`${PAGE}/${id}?before=${wrong}`)).text)).toBe(30);
  });

  it('are those of the team, and for admins', async () => {
    const { service, admin, receiver } = await start();
    const teams = service.app.get(TeamsService, { strict: false });
    const { id: teamId } = await teams.findOrCreate('other');
    const { id } = (await addChannel(service, receiver.url, { teamId, name: 'Theirs' })).channel;
    expect((await admin.get(PAGE)).text).not.toContain('Theirs');
    for (const path of ['', '/delete'])
      expect((await admin.get(`${PAGE}/${id}${path}`)).status).toBe(404);
    for (const path of ['', '/test', '/secret', '/enabled', '/delete'])
      expect((await admin.post(`${PAGE}/${id}${path}`)).status).toBe(404);
    const member = await signedIn(service, { email: 'bob@example.org', role: 'member' });
    expect((await member.get(PAGE)).status).toBe(403);
  });
});
