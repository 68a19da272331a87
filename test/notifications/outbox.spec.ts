import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { OutboxEntry } from '../../src/integrations/outbox/outbox-entry.entity.js';
import { HeldRemovals } from '../../src/integrations/removals/held-removals.js';
import type { MessageBody } from '../../src/notifications/messages/message-body.js';
import { NotificationMessage } from '../../src/notifications/messages/notification-message.entity.js';
import { OutboxExpansion } from '../../src/notifications/messages/outbox-expansion.js';
import { addChannel, NOTIFYING, Receiver, settled } from '../support/notifications.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

describe.each(ways)('what channels are told, $way', (way) => {
  async function start(members = 3) {
    const stage = await startConnected(members, { ...way, env: NOTIFYING });
    const { service, integration } = stage;
    const receiver = await Receiver.start();
    /** Syncs, and returns what was told since the last time. */
    const told = async (): Promise<MessageBody[]> => {
      const before = receiver.received.length;
      await syncToEnd(service, integration.id);
      await settled(service);
      return receiver.received.slice(before).map(({ body }) => body);
    };
    return { ...stage, receiver, told, manager: service.dataSource.manager };
  }

  it('is nothing, and nothing is noted, without a channel that listens', async () => {
    const { service, integration, manager, receiver } = await start();
    await addChannel(service, receiver.url, { events: ['run.failed'] });
    await syncToEnd(service, integration.id);
    expect(await manager.count(OutboxEntry)).toBe(0);
    expect(await settled(service)).toEqual([]);
  });

  it('is one message of each type and run, which receivers can verify', async () => {
    const { service, integration, organization, world, receiver, told } = await start();
    const { secret } = await addChannel(service, receiver.url);
    const [found] = await told();
    expect(found).toMatchObject({
      type: 'member.joined',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: {
        integration: { id: integration.id, organizationLogin: 'acme' },
        run: { state: 'complete', result: { created: 3 } },
        total: 3,
      },
    });
    organization.join(world.addUser({ login: 'new-here' }));
    const [joined, ...others] = await told();
    expect(others).toEqual([]);
    expect(joined?.data).toMatchObject({
      total: 1,
      changes: [{ login: 'new-here', kind: 'joined', before: null, after: { status: 'active' } }],
    });
    const last = receiver.received.at(-1);
    if (!last || !secret) throw new Error('Nothing came.');
    const webhook = new Webhook(secret);
    expect(webhook.verify(last.text, last.headers)).toEqual(joined);
    expect(() => webhook.verify(`${last.text} `, last.headers)).toThrow();
    expect(() => new Webhook('whsec_MTIzNDU2Nzg5MA==').verify(last.text, last.headers)).toThrow();
  });

  it('tells what changed, before and after', async () => {
    const { service, organization, owner, world, receiver, told } = await start(5);
    const [one, two, three, four] = organization.members.filter((user) => user !== owner);
    if (!one || !two || !three || !four) throw new Error('There are too few people.');
    await told();
    await addChannel(service, receiver.url);
    const [oldLogin, left] = [one.login, four.login];
    world.renameUser(one, 'renamed-now');
    organization.setRole(two, 'admin');
    three.twoFactor = false;
    two.name = 'Another Name';
    organization.leave(four);
    organization.collaborators.add(world.addUser({ login: 'from-outside' }));
    organization.teams.create('Core');
    const bodies = await told();
    const changesOf = (type: string) => {
      const data = bodies.find((body) => body.type === type)?.data;
      return data && 'changes' in data ? data.changes : undefined;
    };
    expect(changesOf('member.renamed')).toMatchObject([
      { before: { login: oldLogin }, after: { login: 'renamed-now' } },
    ]);
    expect(changesOf('member.role_changed')).toMatchObject([
      { login: two.login, before: { role: 'member' }, after: { role: 'admin' } },
    ]);
    expect(changesOf('member.two_factor_disabled')).toMatchObject([
      {
        login: three.login,
        before: { twoFactorEnabled: true },
        after: { twoFactorEnabled: false },
      },
    ]);
    expect(changesOf('member.left')).toMatchObject([
      { login: left, before: { status: 'active' }, after: { status: 'left' } },
    ]);
    expect(changesOf('collaborator.added')).toMatchObject([{ login: 'from-outside' }]);
    expect(changesOf('team.changed')).toMatchObject([{ login: 'core', kind: 'team_created' }]);
    expect(bodies).toHaveLength(6);
  });

  it('tells a failure once, and that it is over', async () => {
    const { service, world, owner, token, receiver, told } = await start();
    await addChannel(service, receiver.url, { events: ['run.failed', 'run.recovered'] });
    expect(await told()).toEqual([]);
    world.revokeToken(token);
    expect(await told()).toMatchObject([
      {
        type: 'run.failed',
        data: {
          before: { state: 'complete' },
          after: { state: 'error', error: { code: 'bad_credentials' } },
        },
      },
    ]);
    expect(await told()).toEqual([]);
    world.addToken({ token, user: owner });
    expect(await told()).toMatchObject([
      {
        type: 'run.recovered',
        data: { before: { state: 'error' }, after: { state: 'complete', error: null } },
      },
    ]);
    expect(await told()).toEqual([]);
  });

  it('tells of held removals, and of exactly those that are approved later', async () => {
    const { service, integration, organization, owner, receiver, told, manager } = await start(20);
    await told();
    await addChannel(service, receiver.url);
    const leavers = organization.members.filter((user) => user !== owner).slice(0, 8);
    for (const user of leavers) organization.leave(user);
    const [held] = await told();
    expect(held).toMatchObject({
      type: 'removals.held',
      data: { before: { held: 0 }, after: { held: 8, people: 8, ofTeams: 0 }, total: 8 },
    });
    const logins = leavers.map(({ login }) => login).sort();
    const removals = held && 'removals' in held.data ? held.data.removals : [];
    expect(removals?.map(({ login }) => login)).toEqual(logins);
    const { id } = held?.data.run ?? { id: 0 };
    const decide = service.app.get(HeldRemovals, { strict: false });
    const [first] = leavers;
    if (!first) throw new Error('Nobody left.');
    await decide.approvePart(id, [first.id], 'ada@example.com');
    await decide.decide(id, 'approve', 'ada@example.com');
    expect(await manager.countBy(OutboxEntry, { integrationId: integration.id })).toBe(2);
    await settled(service);
    const [one, rest, ...more] = receiver.received.slice(1).map(({ body }) => body);
    expect(more).toEqual([]);
    expect(one).toMatchObject({
      type: 'member.left',
      data: { total: 1, changes: [{ login: first.login, madeBy: 'ada@example.com' }] },
    });
    expect(rest).toMatchObject({ type: 'member.left', data: { total: 7 } });
  });

  it('is one message with 1,000 of the changes, however many a first sync has', async () => {
    const { service, receiver, told } = await start(1_200);
    await addChannel(service, receiver.url);
    const [found, ...more] = await told();
    expect(more).toEqual([]);
    const data = found?.data;
    expect(data && 'changes' in data && data.changes).toHaveLength(1_000);
    expect(data).toMatchObject({ total: 1_200 });
  });

  it('is expanded once and in order, however many workers do it at once', async () => {
    const { service, integration, organization, world, receiver, manager } = await start();
    await addChannel(service, receiver.url);
    const logins = ['first', 'second', 'third'];
    for (const login of logins) {
      organization.join(world.addUser({ login }));
      await syncToEnd(service, integration.id);
    }
    const expansion = service.app.get(OutboxExpansion, { strict: false });
    await Promise.all(Array.from({ length: 4 }, () => expansion.expand(integration.id)));
    const messages = await manager.find(NotificationMessage, { order: { id: 'ASC' } });
    const joined = messages.map(({ body }) => (JSON.parse(body) as MessageBody).data.run?.number);
    expect(joined).toEqual([1, 2, 3]);
  });
});
