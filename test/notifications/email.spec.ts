import { afterEach, describe, expect, it, vi } from 'vitest';
import { Random } from '../../src/simulator/random.js';
import { MailServer, refusal } from '../support/mail-server.js';
import {
  addChannel,
  deliveriesOf,
  NOTIFYING,
  nothingDue,
  settled,
  tried,
} from '../support/notifications.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

const HOUR = 3_600_000;
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const [ADA, BOB] = ['ada@example.com', 'bob@example.net'];

/** As many faults in a row leave time for a success within 3 days. */
const MAX_FAULTS = 4;

afterEach(() => void vi.useRealTimers());

describe.each(ways)('notifications by email, $way', (way) => {
  async function start(recipients = [ADA, BOB], env = {}) {
    const server = await MailServer.start();
    const all = { ...NOTIFYING, ...server.env, PUBLIC_URL: 'https://rollcall.example.org', ...env };
    const stage = await startConnected(3, { ...way, env: all });
    const { service, integration, organization, world } = stage;
    await syncToEnd(service, integration.id);
    const { channel } = await addChannel(service, undefined, { kind: 'email', recipients });
    /** Makes one message for each login. */
    const join = async (...logins: string[]) => {
      for (const login of logins) {
        organization.join(world.addUser({ login }));
        await syncToEnd(service, integration.id);
      }
    };
    return { ...stage, server, channel, join };
  }

  const pass = (ms: number) => void vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms });

  it('tell what happened, in which organization, and where to look', async () => {
    const { service, server, channel, join } = await start();
    await join('first');
    const [delivery] = await settled(service);
    expect(delivery).toMatchObject({ state: 'delivered', status: 250, error: null });
    expect(server.mails).toHaveLength(1);
    const [{ from, to, headers = {}, text = '' } = {}] = server.mails;
    expect({ from, to }).toEqual({ from: 'rollcall@example.org', to: [ADA, BOB] });
    expect(headers).toMatchObject({
      ...{ from: 'Rollcall <rollcall@example.org>', to: `${ADA}, ${BOB}` },
      ...{ subject: '[acme] 1 member joined', 'auto-submitted': 'auto-generated' },
      'list-id': `<notifications-${channel.id}.example.org>`,
      'message-id': `<${delivery?.message.messageId}@example.org>`,
    });
    expect(text).toContain('- first');
    expect(text).toContain('<li>first</li>');
    const page = 'https://rollcall.example.org/integrations/github/1/runs/';
    expect(text.replace(/=\r\n/g, '')).toContain(`Open in Rollcall: ${page}`);
  });

  it('are tried again after a temporary refusal, for those who did not get it', async () => {
    const { service, server, join } = await start();
    server.handlers.recipient = (address) =>
      address === BOB ? refusal(451, '4.7.1 Come back later') : undefined;
    await join('first');
    expect(await tried(service, 1)).toMatchObject([
      {
        ...{ state: 'pending', status: 451, answer: `${BOB}: 451 4.7.1 Come back later` },
        ...{ error: 'The mail server refused 1 of 2 recipients.', reached: [ADA] },
      },
    ]);
    server.handlers.recipient = () => undefined;
    pass(6_000);
    expect(await settled(service)).toMatchObject([{ state: 'delivered', attempts: 2 }]);
    expect(server.mails.map(({ to }) => to)).toEqual([[ADA], [BOB]]);
    expect(server.mails.map(({ headers }) => headers.to)).toEqual(
      [1, 2].map(() => `${ADA}, ${BOB}`),
    );
    expect(new Set(server.ids).size).toBe(1);
  });

  it('are dead where a recipient is refused for good, with the words of the server', async () => {
    const { service, server, join } = await start();
    server.handlers.recipient = (address) =>
      address === BOB ? refusal(550, '5.1.1 No such user') : undefined;
    await join('first');
    expect(await settled(service)).toMatchObject([
      { state: 'dead', attempts: 1, status: 550, answer: `${BOB}: 550 5.1.1 No such user` },
    ]);
    server.handlers.data = () => refusal(554, '5.7.1 Looks like spam');
    await join('second');
    expect((await settled(service))[1]).toMatchObject({
      ...{ state: 'dead', status: 554, answer: '554 5.7.1 Looks like spam' },
    });
    expect(server.mails.map(({ to }) => to)).toEqual([[ADA]]);
  });

  it('wait where the server refuses the user, and keep the password to themselves', async () => {
    const server = await MailServer.start({
      ...{ authOptional: false, allowInsecureAuth: true },
      onAuth: ({ password }, _, done) => done(refusal(535, `Not ${password}`)),
    });
    const { service, join } = await start([ADA], {
      SMTP_URL: server.url.replace('//', '//rollcall:geheim%21@'),
    });
    await join('first');
    const [delivery] = await tried(service, 1);
    expect(delivery).toMatchObject({ state: 'pending', status: 535, answer: null });
    expect(delivery?.error).toBe('The mail server refused the user of SMTP_URL.');
  });

  it(`are not lost, and come twice only with the same id, whatever the server does: seed ${SEED}`, async () => {
    const random = new Random(SEED);
    const { service, server, join } = await start([ADA], { NOTIFICATION_TIMEOUT_SECONDS: '1' });
    let faults = 0;
    const mayFail = () => faults < MAX_FAULTS && random.chance(0.4);
    const spoil = () => void faults++;
    server.handlers.recipient = () => {
      if (!mayFail()) return undefined;
      spoil();
      // Never answers.
      return random.chance(0.3) ? new Promise(() => undefined) : refusal(451, 'Later');
    };
    server.handlers.begin = () => {
      if (!mayFail()) return;
      spoil();
      server.drop();
    };
    server.handlers.data = () => {
      if (!mayFail()) {
        faults = 0;
        return undefined;
      }
      spoil();
      if (random.chance(0.5)) return refusal(452, 'Full');
      // It has the mail, and says so to nobody.
      server.drop();
      return undefined;
    };
    const logins = ['first', 'second', 'third', 'fourth', 'fifth'];
    await join(...logins);
    while ((await nothingDue(service)).first) pass(9 * HOUR);
    const states = (await deliveriesOf(service)).map(({ state }) => state);
    expect(states).toEqual(logins.map(() => 'delivered'));
    const told = server.mails.map(({ headers, text }) => {
      const [, login = ''] = /<li>(\w+)<\/li>/.exec(text) ?? [];
      return `${login} ${headers['message-id']}`;
    });
    const once = told.filter((one, i) => one !== told[i - 1]);
    expect(once.map((one) => one.split(' ')[0])).toEqual(logins);
    expect(new Set(once).size).toBe(logins.length);
  }, 120_000);
});
