import type { Request } from 'express';
import type { SessionData } from 'express-session';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { SessionStore } from '../../src/accounts/sessions/session-store.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { dialects } from '../support/servers/databases.js';
import { join, startAccounts } from './support/accounts.js';

const DAY = 24 * 3_600_000;
const NOON = new Date('2026-03-01T12:00:00.000Z');

const REFUSE = {
  sqlite: "BEGIN SELECT RAISE(ABORT, 'read only'); END",
  mysql: "FOR EACH ROW SIGNAL SQLSTATE '45000'",
};

const settled = <T = void>(act: (done: (error?: unknown, result?: T) => void) => void) =>
  new Promise<T | undefined>((resolve, reject) =>
    act((error, result) => (error ? reject(error) : resolve(result))),
  );

afterEach(() => void vi.useRealTimers());

describe.each(dialects)('the session store on %s', (dialect) => {
  async function start() {
    const accounts = await startAccounts({ dialect });
    await join(accounts, 'ada@example.org');
    const { manager } = accounts.dataSource;
    const { id: userId } = await manager.findOneByOrFail(User, { email: 'ada@example.org' });
    const store = new SessionStore(accounts.dataSource);
    return {
      manager,
      store,
      data: { userId, cookie: { originalMaxAge: null } } as SessionData,
      get: (id: string) => settled<SessionData | null>((done) => store.get(id, done)),
      set: (id: string, data: SessionData) => settled((done) => store.set(id, data, done)),
    };
  }

  it('keeps a session under a hash of its id, with its user', async () => {
    const { manager, data, get, set } = await start();
    await set('an-id', data);
    expect(await get('an-id')).toMatchObject({ userId: data.userId });
    expect(await get('another')).toBeNull();
    const [row] = await manager.find(Session);
    expect(row).toMatchObject({
      userId: data.userId,
      idHash: expect.stringMatching(/^[\da-f]{64}$/),
    });
    expect(JSON.stringify(row)).not.toContain('an-id');
  });

  it('overwrites and destroys', async () => {
    const { manager, store, data, get, set } = await start();
    await set('an-id', data);
    await set('an-id', Object.assign(data, { notice: 'Done.' }));
    expect(await get('an-id')).toMatchObject({ notice: 'Done.' });
    await settled((done) => store.destroy('an-id', done));
    expect(await get('an-id')).toBeNull();
    expect(await manager.count(Session)).toBe(0);
  });

  it('brings no session back that was ended while a request was being answered', async () => {
    const { manager, store, data, get, set } = await start();
    await set('an-id', data);
    const request = { sessionID: 'an-id', sessionStore: store } as unknown as Request;
    const found = store.createSession(request, (await get('an-id')) as SessionData);
    await manager.delete(Session, { userId: data.userId });
    await set('an-id', Object.assign(found, { notice: 'Done.' }));
    expect(await get('an-id')).toBeNull();
  });

  it('lets a session live for 14 days after its last use', async () => {
    const { data, get, set } = await start();
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    await set('an-id', data);
    vi.setSystemTime(NOON.getTime() + 10 * DAY);
    await get('an-id');
    vi.setSystemTime(NOON.getTime() + 24 * DAY - 1);
    expect(await get('an-id')).not.toBeNull();
    vi.setSystemTime(NOON.getTime() + 38 * DAY);
    expect(await get('an-id')).toBeNull();
  });

  it('writes a use down once a day', async () => {
    const { manager, data, get, set } = await start();
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    await set('an-id', data);
    const expiry = async () => (await manager.find(Session))[0]?.expiresAt.getTime();
    const before = await expiry();
    vi.setSystemTime(NOON.getTime() + DAY - 1000);
    await get('an-id');
    expect(await expiry()).toBe(before);
    vi.setSystemTime(NOON.getTime() + DAY + 1000);
    await get('an-id');
    expect(await expiry()).toBe(NOON.getTime() + 15 * DAY + 1000);
  });

  it('shows a session also where its use cannot be written down', async () => {
    const { manager, data, get, set } = await start();
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    await set('an-id', data);
    vi.setSystemTime(NOON.getTime() + 3 * DAY);
    await manager.query(`CREATE TRIGGER read_only BEFORE UPDATE ON sessions ${REFUSE[dialect]}`);
    expect(await get('an-id')).toMatchObject({ userId: data.userId });
  });

  it('removes what has expired', async () => {
    const { manager, data, set } = await start();
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    await set('old', data);
    vi.setSystemTime(NOON.getTime() + 15 * DAY);
    await set('new', { ...data });
    expect(await manager.count(Session)).toBe(1);
  });

  it('says what the database says', async () => {
    const { manager, get } = await start();
    await manager.query('ALTER TABLE sessions RENAME TO gone');
    await expect(get('an-id')).rejects.toThrow('sessions');
  });
});
