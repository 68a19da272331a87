import { afterEach, describe, expect, it, vi } from 'vitest';
import { SignInService } from '../../src/accounts/sign-in.service.js';
import { SignInFailure } from '../../src/accounts/sign-in-failure.entity.js';
import { SignInThrottle } from '../../src/accounts/sign-in-throttle.service.js';
import { dialects } from '../support/servers/databases.js';
import { join, PASSWORD, startAccounts } from './support/accounts.js';

const NOON = new Date('2026-03-01T12:00:00.000Z');
const MINUTE = 60_000;
const tooMany = { status: 429, code: 'too_many_requests' };

afterEach(() => void vi.useRealTimers());

describe.each(dialects)('the sign-in throttle on %s', (dialect) => {
  async function start() {
    const accounts = await startAccounts({ dialect });
    const throttle = new SignInThrottle(accounts.dataSource);
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    const fail = async (times: number) => {
      for (let i = 0; i < times; i++) await throttle.admit('ada', '10.0.0.1');
    };
    return { ...accounts, throttle, fail, manager: accounts.dataSource.manager };
  }

  it('refuses after ten failures, of that account from that address only', async () => {
    const { throttle, fail } = await start();
    await fail(10);
    await expect(fail(1)).rejects.toMatchObject(tooMany);
    await throttle.admit('ada', '10.0.0.2');
    await throttle.admit('bob', '10.0.0.1');
  });

  it('forgets a failure after 15 minutes', async () => {
    const { fail } = await start();
    await fail(1);
    vi.setSystemTime(NOON.getTime() + 10 * MINUTE);
    await fail(9);
    await expect(fail(1)).rejects.toMatchObject(tooMany);
    vi.setSystemTime(NOON.getTime() + 15 * MINUTE);
    await fail(1);
    await expect(fail(1)).rejects.toMatchObject(tooMany);
  });

  it('makes nobody who is refused wait longer', async () => {
    const { fail } = await start();
    await fail(10);
    vi.setSystemTime(NOON.getTime() + 14 * MINUTE);
    for (let i = 0; i < 20; i++) await expect(fail(1)).rejects.toMatchObject(tooMany);
    vi.setSystemTime(NOON.getTime() + 15 * MINUTE);
    await fail(10);
  });

  it('lets no more than ten through of many at the same time, whichever process they reach', async () => {
    const { throttle, dataSource } = await start();
    const processes = [throttle, new SignInThrottle(dataSource)];
    const tries = Array.from({ length: 30 }, (_, i) =>
      processes[i % 2]?.admit('ada', '10.0.0.1').then(
        () => true,
        () => false,
      ),
    );
    const admitted = (await Promise.all(tries)).filter(Boolean);
    expect(admitted.length).toBeLessThanOrEqual(10);
  });

  it('begins anew after a success', async () => {
    const { throttle, fail } = await start();
    await fail(9);
    await throttle.clear('ada', '10.0.0.1');
    await fail(10);
  });

  it('removes old failures, and keeps no name and no address', async () => {
    const { throttle, fail, manager } = await start();
    await fail(3);
    expect(JSON.stringify(await manager.find(SignInFailure))).not.toMatch(/ada|10\.0\.0\.1/);
    vi.setSystemTime(NOON.getTime() + 61 * MINUTE);
    await throttle.admit('bob', '10.0.0.1');
    expect(await manager.count(SignInFailure)).toBe(1);
  });
});

it('refuses the eleventh sign-in, with the right password too, and whatever the case of the email', async () => {
  const accounts = await startAccounts();
  await join(accounts, 'ada@example.org');
  const signIns = accounts.app.get(SignInService);
  const attempt = (password: string, email = 'ada@example.org') =>
    signIns.authenticate(email, password, '10.0.0.1');
  const throttle = accounts.app.get(SignInThrottle);
  const fail = async () => {
    for (let i = 0; i < 9; i++) await throttle.admit('ada@example.org', '10.0.0.1');
  };
  await fail();
  expect(await attempt(PASSWORD)).toMatchObject({ email: 'ada@example.org' });
  await fail();
  await expect(attempt('wrong', ' ADA@example.org')).rejects.toMatchObject({ status: 401 });
  await expect(attempt(PASSWORD)).rejects.toMatchObject(tooMany);
});

it('says the same of an unknown account and of a wrong password', async () => {
  const accounts = await startAccounts();
  await join(accounts, 'ada@example.org');
  const refusal = (email: string) =>
    accounts.app
      .get(SignInService)
      .authenticate(email, 'wrong', '10.0.0.1')
      .catch(({ status, code, message, remedy }) => ({ status, code, message, remedy }));
  expect(await refusal('nobody@example.org')).toEqual(await refusal('ada@example.org'));
});
