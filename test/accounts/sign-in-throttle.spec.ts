import { afterEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../../src/accounts/sessions/session.entity.js';
import { clientNetwork } from '../../src/accounts/sign-in/client-network.js';
import { KnownSignIn } from '../../src/accounts/sign-in/known-sign-in.entity.js';
import { KnownSignIns } from '../../src/accounts/sign-in/known-sign-ins.js';
import { SignInService } from '../../src/accounts/sign-in/sign-in.service.js';
import { signInAttempt } from '../../src/accounts/sign-in/sign-in-attempt.js';
import { SignInCount } from '../../src/accounts/sign-in/sign-in-count.entity.js';
import { SignInThrottle } from '../../src/accounts/sign-in/sign-in-throttle.js';
import { dialects } from '../support/servers/databases.js';
import { WebClient } from '../support/web-client.js';
import { join, PASSWORD, startAccounts } from './support/accounts.js';

const NOON = new Date('2026-03-01T12:00:00.000Z');
const MINUTE = 60_000;
const tooMany = { status: 429, code: 'too_many_requests' };

afterEach(() => void vi.useRealTimers());

describe.each(dialects)('the sign-in throttle on %s', (dialect) => {
  async function start() {
    const { dataSource } = await startAccounts({ dialect });
    const throttle = new SignInThrottle(dataSource);
    vi.useFakeTimers({ toFake: ['Date'], now: NOON });
    const admit = (account = 'ada', address = '10.0.0.1', isKnown = false) =>
      throttle.admit(signInAttempt(account, address), isKnown);
    const fail = async (times: number, account?: string, address?: string, isKnown?: boolean) => {
      for (let i = 0; i < times; i++) await admit(account, address, isKnown);
    };
    const atMinute = (minutes: number) => vi.setSystemTime(NOON.getTime() + minutes * MINUTE);
    return { dataSource, throttle, admit, fail, atMinute, manager: dataSource.manager };
  }

  it('allows an account ten failures from an address, and forgets them after 15 minutes', async () => {
    const { fail, admit, atMinute } = await start();
    await fail(10);
    atMinute(10);
    for (let i = 0; i < 15; i++)
      await expect(admit()).rejects.toMatchObject({ ...tooMany, retryAfter: 300 });
    await admit('ada', '10.0.0.2');
    await admit('bob', '10.0.0.1');
    atMinute(15);
    await fail(10);
    await expect(admit()).rejects.toMatchObject(tooMany);
  });

  it('allows an address twenty failures, whatever the accounts, but for those known there', async () => {
    const { fail, admit } = await start();
    for (let i = 0; i < 20; i++) await admit(`account${i}`);
    await expect(admit('another')).rejects.toMatchObject(tooMany);
    await admit('another', '10.0.0.2');
    await fail(10, 'ada', '10.0.0.1', true);
    await expect(admit('ada', '10.0.0.1', true)).rejects.toMatchObject(tooMany);
  });

  it('slows an account that is tried from everywhere, and locks it for nobody for good', async () => {
    const { admit, atMinute } = await start();
    for (let i = 0; i < 20; i++) await admit('ada', `10.0.0.${i}`);
    const wait = admit('ada', '10.0.1.1');
    await expect(wait).rejects.toMatchObject({ ...tooMany, retryAfter: 30 });
    await admit('ada', '10.0.1.1', true);
    atMinute(0.5);
    await admit('ada', '10.0.1.1');
    await expect(admit('ada', '10.0.1.2')).rejects.toMatchObject({ ...tooMany, retryAfter: 30 });
  });

  it('lets exactly ten through of many at the same time, whichever process they reach', async () => {
    const { dataSource, throttle } = await start();
    const processes = [throttle, new SignInThrottle(dataSource)];
    const tries = Array.from({ length: 30 }, (_, i) =>
      processes[i % 2]?.admit(signInAttempt('ada', '10.0.0.1'), false),
    );
    const done = await Promise.allSettled(tries);
    const refused = done.filter((one) => one.status === 'rejected').map(({ reason }) => reason);
    expect(refused).toHaveLength(20);
    for (const reason of refused) expect(reason).toMatchObject(tooMany);
  });

  it('refuses again without the database, and not for longer than another process may forgive', async () => {
    const { throttle, fail, admit, atMinute } = await start();
    await fail(10);
    const again = () => throttle.refuseAgain(signInAttempt('ada', '10.0.0.1'), false);
    again();
    await expect(admit()).rejects.toMatchObject(tooMany);
    expect(again).toThrow('Too many failed sign-ins.');
    atMinute(0.1);
    again();
  });

  it('takes back what somebody failed who then succeeds, and nothing of others', async () => {
    const { throttle, fail, admit, manager } = await start();
    await fail(9);
    await fail(5, 'bob');
    await throttle.forgive(signInAttempt('ada', '10.0.0.1'), false);
    const failures = (await manager.find(SignInCount)).map((one) => one.failures);
    expect(failures.sort()).toEqual([0, 5, 5, 5]);
    await fail(3, 'known', '10.0.0.1', true);
    await throttle.forgive(signInAttempt('known', '10.0.0.1'), true);
    for (let i = 0; i < 15; i++) await admit(`account${i}`);
    await expect(admit('another')).rejects.toMatchObject(tooMany);
  });

  it('allows an account thirty sign-ins from an address in 15 minutes, also where the password is right', async () => {
    const { dataSource, throttle, admit, atMinute } = await start();
    const ada = signInAttempt('ada', '10.0.0.1');
    const succeed = async () => {
      await throttle.admit(ada, true);
      await throttle.countSuccess(ada);
      await throttle.forgive(ada, true);
    };
    for (let i = 0; i < 30; i++) await succeed();
    atMinute(5);
    const delayed = { ...tooMany, retryAfter: 600 };
    await expect(succeed()).rejects.toMatchObject(delayed);
    expect(() => throttle.refuseAgain(ada, true)).toThrow('Too many sign-ins.');
    const elsewhere = new SignInThrottle(dataSource);
    await expect(elsewhere.admit(ada, false)).rejects.toMatchObject(delayed);
    await admit('ada', '10.0.0.2', true);
    await admit('bob', '10.0.0.1', true);
    atMinute(15);
    await succeed();
  });

  it('removes ended counts, and keeps no name and no address', async () => {
    const { fail, admit, atMinute, manager } = await start();
    await fail(3);
    expect(JSON.stringify(await manager.find(SignInCount))).not.toMatch(/ada|10\.0\.0\.1/);
    atMinute(61);
    await admit('bob', '10.0.0.2');
    expect(await manager.count(SignInCount)).toBe(3);
  });

  it('knows for 90 days who has signed in from where', async () => {
    const { dataSource, atMinute, manager } = await start();
    const known = new KnownSignIns(dataSource);
    await known.remember('a'.repeat(64));
    await known.remember('a'.repeat(64));
    expect([await known.has('a'.repeat(64)), await known.has('b'.repeat(64))]).toEqual([
      true,
      false,
    ]);
    atMinute(90 * 24 * 60 + 1);
    expect(await known.has('a'.repeat(64))).toBe(false);
    await known.remember('b'.repeat(64));
    expect(await manager.count(KnownSignIn)).toBe(1);
  });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['192.0.2.1:4711', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['[2001:db8:1:2::1]:4711', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['unknown', 'unknown'],
])('counts %s as %s', (address, network) => {
  expect(clientNetwork(address)).toBe(network);
});

it('refuses the eleventh sign-in, with the right password too, and whatever the case of the email', async () => {
  const accounts = await startAccounts();
  await join(accounts, 'ada@example.org');
  const signIns = accounts.app.get(SignInService);
  const attempt = (password: string, email = 'ada@example.org') =>
    signIns.authenticate(email, password, '10.0.0.1');
  const throttle = accounts.app.get(SignInThrottle);
  const fail = async () => {
    for (let i = 0; i < 9; i++)
      await throttle.admit(signInAttempt('ada@example.org', '10.0.0.1'), true);
  };
  await fail();
  expect(await attempt(PASSWORD)).toMatchObject({ email: 'ada@example.org' });
  await fail();
  const refusal = await attempt('wrong', ' ADA@example.org').catch((error) => error);
  expect(refusal).toMatchObject({ status: 401, code: 'sign_in_refused' });
  const unknown = await attempt('wrong', 'nobody@example.org').catch((error) => error);
  expect({ ...unknown, message: unknown.message }).toEqual({
    ...refusal,
    message: refusal.message,
  });
  await expect(attempt(PASSWORD)).rejects.toMatchObject(tooMany);
});

it('counts the sign-ins that succeed', async () => {
  const accounts = await startAccounts();
  await join(accounts, 'ada@example.org');
  const client = new WebClient(accounts.url);
  const form = { email: 'ada@example.org', password: PASSWORD };
  for (let i = 0; i < 30; i++) expect((await client.post('/sign-in', form)).status).toBe(303);
  const { status, headers } = await client.post('/sign-in', form);
  expect(status).toBe(429);
  expect(Number(headers.get('Retry-After'))).toBeGreaterThan(800);
  expect(await accounts.dataSource.manager.count(Session)).toBe(1);
});

it('lets three of thirty through whose account has failed seven times, and an honest person before them', async () => {
  const accounts = await startAccounts();
  await join(accounts, 'ada@example.org');
  const signIns = accounts.app.get(SignInService);
  const honest = () => signIns.authenticate('ada@example.org', PASSWORD, '10.0.0.1');
  await honest();
  const throttle = accounts.app.get(SignInThrottle);
  const bob = signInAttempt('bob@example.org', '10.0.0.1');
  for (let i = 0; i < 7; i++) await throttle.admit(bob, false);
  const order: string[] = [];
  const flood = Array.from({ length: 30 }, () =>
    signIns.authenticate(bob.account, 'wrong', '10.0.0.1').catch(({ status }) => {
      if (status === 401) order.push('stranger');
      return status;
    }),
  );
  // The first of them is being hashed.
  expect(await Promise.race(flood)).toBe(429);
  const ada = honest().then(() => order.push('ada'));
  const statuses = await Promise.all([...flood, ada]);
  expect(statuses.filter((status) => status === 401)).toHaveLength(3);
  expect(statuses.filter((status) => status === 429)).toHaveLength(27);
  expect(order).toEqual(['stranger', 'ada', 'stranger', 'stranger']);
});
