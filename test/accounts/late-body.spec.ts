import { once } from 'node:events';
import { request } from 'node:http';
import { Controller, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { Access } from '../../src/platform/web/access.decorator.js';
import { dialects } from '../support/servers/databases.js';
import { type Accounts, join, signIn, startAccounts } from './support/accounts.js';

const changed: string[] = [];

@Access('admin')
@Controller('settings')
class SettingsController {
  @Post()
  change() {
    changed.push('changed');
  }
}

/** Asks for a change and holds its body back until something else has happened. */
async function changeWhile({ url }: Accounts, cookie: string, act: () => Promise<unknown>) {
  const body = 'keep=30';
  const headers = {
    cookie,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': body.length,
    expect: '100-continue',
  };
  const sent = request(`${url}/settings`, { method: 'POST', headers });
  sent.flushHeaders();
  await once(sent, 'continue');
  await act();
  sent.end(body);
  const [answer] = await once(sent, 'response');
  answer.resume();
  return answer.statusCode;
}

describe.each(dialects)('whoever sends a body slowly, on %s', (dialect) => {
  async function start() {
    const accounts = await startAccounts({ controllers: [SettingsController], dialect });
    await join(accounts, 'ada@example.org', 'admin');
    const client = await signIn(accounts, 'ada@example.org');
    const { manager } = accounts.dataSource;
    // By then their session was read, because it was asked for before.
    const known = async () => expect((await client.get('/sign-in')).status).toBe(303);
    changed.length = 0;
    return { accounts, manager, known, cookie: client.cookie };
  }

  it('may do what they may', async () => {
    const { accounts, cookie, known } = await start();
    expect(await changeWhile(accounts, cookie, known)).toBe(201);
    expect(changed).toEqual(['changed']);
  });

  it('has lost the right that was taken meanwhile', async () => {
    const { accounts, manager, cookie, known } = await start();
    const status = await changeWhile(accounts, cookie, async () => {
      await known();
      await manager.updateAll(Membership, { role: 'member' });
    });
    expect([status, changed]).toEqual([403, []]);
  });

  it('is nobody where the session ended meanwhile', async () => {
    const { accounts, manager, cookie, known } = await start();
    const status = await changeWhile(accounts, cookie, async () => {
      await known();
      await manager.deleteAll(Session);
    });
    expect([status, changed]).toEqual([302, []]);
  });
});
