import { it } from 'vitest';
import { testBody } from '../../../src/notifications/channels/channel-test.js';
import { storeMessage } from '../../../src/notifications/messages/store-message.js';
import { look } from '../../support/looks.js';
import { MailServer } from '../../support/mail-server.js';
import { addChannel, atOnce, NOTIFYING, Receiver, tried } from '../../support/notifications.js';
import { enter } from '../../support/visitor.js';
import { startWeb } from '../../support/web.js';

it('notification channels, and one with its deliveries', async () => {
  const mail = await MailServer.start();
  const service = await startWeb({ env: { ...NOTIFYING, ...mail.env } });
  const visitor = await enter(service);
  await look(visitor, { 'notifications-none': '/notifications' });
  const receiver = await Receiver.start();
  const { channel } = await addChannel(service, receiver.url);
  const name = 'A channel with a long name, for everybody who works on the night shift';
  await addChannel(service, 'https://hooks.slack.example/services/T0/B0', { kind: 'slack', name });
  const recipients = ['ada@example.com', 'bob@example.com'];
  const email = await addChannel(service, undefined, { kind: 'email', name: 'Owners', recipients });
  const tell = () =>
    service.dataSource.transaction((manager) =>
      storeMessage(manager, { teamId: 1, body: testBody() }, [atOnce(channel.id)]),
    );
  await tell();
  await tried(service, 1);
  receiver.fail(500);
  await tell();
  await tried(service, 2);
  const path = `/notifications/${channel.id}`;
  await look(visitor, {
    notifications: '/notifications',
    'notifications-made': async (page) => {
      await page.goto('/notifications');
      await page.getByLabel('Name', { exact: true }).fill('Reports');
      await page.getByLabel('Address').fill(receiver.url);
      await page.getByRole('button', { name: 'Add channel' }).click();
      await page.getByText('Copy the secret now').waitFor();
    },
    'notifications-wrong': async (page) => {
      await page.goto('/notifications');
      await page.getByRole('button', { name: 'Add channel' }).click();
      await page.getByRole('alert').first().waitFor();
    },
    'notifications-email': async (page) => {
      await page.goto('/notifications');
      await page.getByLabel('Kind').selectOption('email');
      await page.getByLabel('Recipients').waitFor();
      await page.getByLabel('When').selectOption('daily');
      await page.getByLabel('Time zone').waitFor();
    },
    'notification-channel': path,
    'notification-channel-email': `/notifications/${email.channel.id}`,
    'notification-channel-test': async (page) => {
      await page.goto(path);
      await page.getByRole('button', { name: 'Send a test' }).click();
      await page.getByText('The test failed.').waitFor();
    },
    'notification-channel-delete': `${path}/delete`,
  });
}, 120_000);
