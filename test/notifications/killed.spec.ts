import { describe, expect, it } from 'vitest';
import { stage } from '../cli/support/stage.js';
import { MailServer } from '../support/mail-server.js';
import { NOTIFYING, Receiver } from '../support/notifications.js';
import { ways } from '../support/service.js';
import { Signal } from '../support/signal.js';
import { until } from '../support/until.js';

/** A claim of a killed process is over after 3 s. */
const ENV = { ...NOTIFYING, SWEEP_SECONDS: '1', NOTIFICATION_TIMEOUT_SECONDS: '1' };

describe.each(ways)('SIGKILL, $way', ({ dialect, bull }) => {
  it('loses no message, wherever it strikes, and changes no id', async () => {
    const staged = await stage({ dialect, bull, members: 3, env: ENV });
    const { organization, world, rollcall, json, start } = staged;
    await staged.connect();
    await rollcall(['sync', 'acme']);
    const { token } = await json(['token', 'killed']);
    const receiver = await Receiver.start();
    let server = start(['serve']);
    const body = JSON.stringify({
      ...{ kind: 'webhook', name: 'Operations', address: receiver.url },
      events: ['member.joined'],
    });
    const headers = {
      authorization: `Bearer ${token.value}`,
      'content-type': 'application/json',
    };
    const made = await fetch(`${await server.ready}/api/v1/notification-channels`, {
      ...{ method: 'POST', headers, body },
    });
    expect(made.status).toBe(201);
    const kill = async () => {
      server.signal('SIGKILL');
      await server.exited;
    };

    // Before a message is made of what the outbox has: the command has no worker for it.
    await kill();
    organization.join(world.addUser({ login: 'first' }));
    await rollcall(['sync', 'acme']);
    expect(receiver.received).toEqual([]);

    // While the receiver has the message and has not answered yet.
    const arrived = new Signal();
    receiver.answer = () => arrived.give();
    server = start(['serve']);
    await arrived.given;
    await kill();
    receiver.succeed();
    organization.join(world.addUser({ login: 'second' }));
    await rollcall(['sync', 'acme']);
    server = start(['serve']);
    const got = await until(async () => {
      const logins = receiver.received.map(({ body: { data } }) =>
        'changes' in data ? data.changes[0]?.login : undefined,
      );
      return logins.includes('second') && logins;
    });
    expect(got.filter((login, i) => login !== got[i - 1])).toEqual(['first', 'second']);
    expect(got.filter((login) => login === 'first').length).toBeGreaterThan(1);
    const sent = receiver.received.map(
      ({ headers: told, text }) => `${told['webhook-id']} ${text}`,
    );
    expect(new Set(sent).size).toBe(2);
  });

  it('loses no email, and the one that comes again has the same id', async () => {
    const mail = await MailServer.start();
    const env = { ...ENV, ...mail.env };
    const staged = await stage({ dialect, bull, members: 3, env });
    const { organization, world, rollcall, json, start } = staged;
    await staged.connect();
    await rollcall(['sync', 'acme']);
    const { token } = await json(['token', 'killed']);
    let server = start(['serve']);
    const channel = { kind: 'email', name: 'Owners', recipients: ['ada@example.com'] };
    const made = await fetch(`${await server.ready}/api/v1/notification-channels`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token.value}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ ...channel, events: ['member.joined'] }),
    });
    expect(made.status).toBe(201);
    const arrived = new Signal();
    const ids: (string | undefined)[] = [];
    // It has the whole mail, and has not answered yet.
    mail.handlers.data = ({ headers }) => {
      ids.push(headers['message-id']);
      arrived.give();
      return new Promise(() => undefined);
    };
    organization.join(world.addUser({ login: 'first' }));
    await rollcall(['sync', 'acme']);
    await arrived.given;
    server.signal('SIGKILL');
    await server.exited;
    mail.handlers.data = () => undefined;
    server = start(['serve']);
    const again = await until(async () => mail.ids.length > 0 && mail.ids);
    expect(new Set([...ids, ...again]).size).toBe(1);
  });
});
