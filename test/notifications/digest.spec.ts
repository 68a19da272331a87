import { afterEach, describe, expect, it, vi } from 'vitest';
import { toldAt } from '../../src/notifications/channels/channel-digest.js';
import type { ChannelSettings } from '../../src/notifications/channels/channel-settings.js';
import { NotificationChannels } from '../../src/notifications/channels/notification-channels.service.js';
import { Digests } from '../../src/notifications/delivery/digests.js';
import { emailText } from '../../src/notifications/sending/email-text.js';
import { slackText } from '../../src/notifications/sending/slack-text.js';
import { MailServer, refusal } from '../support/mail-server.js';
import {
  addChannel,
  deliveriesOf,
  NOTIFYING,
  Receiver,
  settled,
  sweep,
  tried,
} from '../support/notifications.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { bodyOf, changeOf } from './support/message-bodies.js';

const HOUR = 3_600_000;

/** The clock of the tests; the databases' own clocks, by which leases end, go on. */
const setClock = (now: number) => void vi.useFakeTimers({ toFake: ['Date'], now });

afterEach(() => void vi.useRealTimers());

describe.each(ways)('a digest, $way', (way) => {
  async function start(settings: Partial<ChannelSettings> = {}) {
    const server = await MailServer.start();
    const env = { ...NOTIFYING, ...server.env };
    const stage = await startConnected(3, { ...way, env });
    const { service, integration, organization, world } = stage;
    await syncToEnd(service, integration.id);
    const nextHour = Math.ceil(Date.now() / HOUR) * HOUR;
    const recipients = ['ada@example.com'];
    const email = { kind: 'email', recipients, digest: 'hourly' } as const;
    const { channel } = await addChannel(service, undefined, { ...email, ...settings });
    /** Makes one message for each login. */
    const join = async (...logins: string[]) => {
      for (const login of logins) {
        organization.join(world.addUser({ login }));
        await syncToEnd(service, integration.id);
      }
    };
    /** Sweeps until so many wait for the digest. */
    const gathered = (count: number) =>
      until(async () => {
        await sweep(service);
        const waiting = (await deliveriesOf(service)).filter(({ forDigest }) => forDigest);
        return waiting.length === count && waiting;
      });
    const get = <T>(type: new (...given: never[]) => T): T =>
      service.app.get(type, { strict: false });
    return { ...stage, server, channel, join, gathered, get, nextHour };
  }

  const listed = (text: string) => [...text.matchAll(/^- (\w+)/gm)].map(([, login]) => login);

  it('puts together what gathered, in its order, and is not sent with nothing in it', async () => {
    const { service, server, join, gathered, nextHour } = await start();
    await join('first', 'second');
    const [first] = await gathered(2);
    expect(first?.nextTryAt.getTime()).toBe(nextHour);
    expect(server.mails).toEqual([]);
    setClock(nextHour);
    const [delivery, ...others] = await settled(service);
    expect(delivery).toMatchObject({ state: 'delivered', message: { type: 'channel.digest' } });
    expect(others).toEqual([]);
    const [{ headers = {}, text = '' } = {}] = server.mails;
    expect(headers.subject).toBe('[acme] 1 member joined, and 1 more message');
    expect(listed(text)).toEqual(['first', 'second']);
    setClock(nextHour + 2 * HOUR);
    await sweep(service);
    expect(await deliveriesOf(service)).toHaveLength(1);
    expect(server.mails).toHaveLength(1);
  });

  it('is tried again with the same id, and the next one comes behind it', async () => {
    const { service, server, join, gathered, nextHour } = await start();
    await join('first');
    await gathered(1);
    server.handlers.data = () => refusal(451, 'Later');
    setClock(nextHour);
    await tried(service, 1);
    await join('second');
    await gathered(1);
    const ids: (string | undefined)[] = [];
    server.handlers.data = ({ headers }) => void ids.push(headers['message-id']);
    setClock(nextHour + HOUR);
    const all = await settled(service);
    expect(all).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
    expect(ids).toEqual(all.map(({ message }) => `<${message.messageId}@example.org>`));
    expect(server.mails.flatMap(({ text }) => listed(text))).toEqual(['first', 'second']);
  });

  it('is made once where two workers make it', async () => {
    const { service, channel, join, gathered, get, nextHour } = await start();
    await join('first', 'second');
    await gathered(2);
    setClock(nextHour);
    const gather = () => get(Digests).gather(channel.id);
    const counts = await Promise.all([gather(), gather()]);
    expect(counts.sort()).toEqual([0, 2]);
    expect(await deliveriesOf(service)).toMatchObject([
      { message: { type: 'channel.digest' }, forDigest: false, state: 'pending' },
    ]);
  });

  it('is left by what waits where the channel is told immediately from now on', async () => {
    const { service, server, channel, join, gathered, get } = await start({
      ...{ digest: 'daily', digestTime: '03:00', digestZone: 'Asia/Kolkata' },
    });
    await join('first', 'second');
    await gathered(2);
    await get(NotificationChannels).change(channel, { digest: 'immediately' });
    expect(await settled(service)).toMatchObject([
      { message: { type: 'member.joined' } },
      { message: { type: 'member.joined' } },
    ]);
    expect(server.mails.flatMap(({ text }) => listed(text))).toEqual(['first', 'second']);
  });

  it('goes to Slack, too', async () => {
    const receiver = await Receiver.start();
    const { service, channel, join, gathered, get, nextHour } = await start();
    await get(NotificationChannels).remove(channel);
    await addChannel(service, receiver.url, { kind: 'slack', digest: 'hourly' });
    await join('first', 'second');
    await gathered(2);
    setClock(nextHour);
    await settled(service);
    expect(receiver.received.map(({ text }) => JSON.parse(text))).toEqual([
      { text: '*acme*: 1 member joined\n• first\n\n*acme*: 1 member joined\n• second' },
    ]);
  });
});

describe('the time of a digest', () => {
  const daily = { digest: 'daily', digestTime: '02:30', digestZone: 'Europe/Berlin' } as const;
  const at = (now: string) => toldAt(daily, new Date(now)).nextTryAt.toISOString();

  it('is that of the zone, also where its clocks change', () => {
    expect(at('2026-11-29T10:00:00Z')).toBe('2026-11-30T01:30:00.000Z');
    // 02:30 does not exist on this day, and exists twice on that.
    expect(at('2026-03-28T10:00:00Z')).toBe('2026-03-29T01:30:00.000Z');
    expect(at('2026-10-24T10:00:00Z')).toBe('2026-10-25T00:30:00.000Z');
    expect(at('2026-10-25T00:30:00Z')).toBe('2026-10-26T01:30:00.000Z');
  });
});

describe('the text of a digest', () => {
  const many = Array.from({ length: 500 }, (_, i) => {
    const changes = Array.from({ length: 50 }, (_, k) => changeOf({ login: `user-${i}-${k}` }));
    return bodyOf('member.left', changes, 1_000);
  });
  const data = { integration: null, run: null, url: null, messages: many };
  const digest = { type: 'channel.digest', timestamp: '2026-11-29T09:30:00.000Z', data } as const;

  it('is short enough for Slack, and says how many messages are not in it', () => {
    const text = slackText({ ...digest, data: { ...data, messages: [...many] } });
    expect(text.length).toBeLessThan(40_000);
    expect(text).toMatch(/\n\n… and \d+ more$/);
  });

  it('has all messages in an email, and names Rollcall where they are of several organizations', () => {
    const [one = bodyOf('member.left', [])] = many;
    const other = {
      ...one,
      data: { ...one.data, integration: { ...one.data.integration, organizationLogin: 'beta' } },
    };
    const { subject, text } = emailText({ ...digest, data: { ...data, messages: [one, other] } });
    expect(subject).toBe('[Rollcall] 1,000 members left, and 1 more message');
    expect(text.match(/1,000 members left/g)).toHaveLength(2);
    expect(text).toContain('beta: 1,000 members left');
  });
});
