import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { PasswordThread } from '../../src/accounts/passwords/password-thread.js';
import { Passwords } from '../../src/accounts/passwords/passwords.js';
import { loadConfig } from '../../src/config/config.js';

const thread = new PasswordThread();
const passwords = new Passwords(thread);
afterAll(() => thread.close());

it('keeps a password as a salted hash that says how it was made, and tells it from others', async () => {
  const hashes = [await passwords.hash('p äss wörd 12'), await passwords.hash('p äss wörd 12')];
  expect(hashes[0]).toMatch(/^scrypt\$32768\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/);
  expect(hashes[0]).not.toBe(hashes[1]);
  expect(await passwords.verify('p äss wörd 12', hashes[0])).toBe(true);
  expect(await passwords.verify('P äss wörd 12', hashes[0])).toBe(false);
});

it('verifies a hash that was made with another cost, of a password that is short today', async () => {
  // RFC 7914, section 12, the first 32 bytes of its second vector.
  const key = Buffer.from(
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162',
    'hex',
  );
  const salt = Buffer.from('NaCl').toString('base64');
  const hash = `scrypt$1024$8$16$${salt}$${key.toString('base64')}`;
  expect(await passwords.verify('password', hash)).toBe(true);
});

it('takes as long for an account that there is not', async () => {
  const timed = async (hash?: string) => {
    const started = performance.now();
    expect(await passwords.verify('correct horse', hash)).toBe(hash !== undefined);
    return performance.now() - started;
  };
  const known = await timed(await passwords.hash('correct horse'));
  expect(await timed(undefined)).toBeGreaterThan(known / 3);
});

it('goes on after a hash that scrypt refuses', async () => {
  await expect(passwords.verify('x', 'scrypt$3$8$1$AAAA$AAAA')).rejects.toThrow();
  expect(await passwords.verify('x', undefined)).toBe(false);
});

it('goes on in a new thread, whose callers the end of the old one does not concern', async () => {
  const thread = new PasswordThread();
  onTestFinished(() => thread.close());
  const cost = { N: 1024, r: 8, p: 1 };
  const derivation = { password: 'x', salt: Buffer.from('y'), length: 8, cost };
  await expect(thread.derive(null as never)).rejects.toThrow(TypeError);
  expect(await thread.derive(derivation)).toHaveLength(8);
});

it('waits for few new passwords at once, and refuses the rest', async () => {
  const thread = new PasswordThread();
  const own = new Passwords(thread);
  const all = Array.from({ length: 12 }, () => own.hash('correct horse'));
  const outcomes = Promise.allSettled(all);
  await expect(all[11]).rejects.toMatchObject({ status: 503, code: 'busy' });
  await thread.close();
  const busy = (await outcomes).filter((one) => one.status === 'rejected' && isBusy(one.reason));
  expect(busy).toHaveLength(2);
});

const isBusy = ({ code }: { code?: string }) => code === 'busy';

describe('a new password', () => {
  it.each([
    ['password', 'password_too_short'],
    ['12345678', 'password_too_short'],
    ['eleven char', 'password_too_short'],
    ['aaaaaaaaaaaa', 'password_too_common'],
    ['abc1abc1abc1abc1', 'password_too_common'],
    ['123456789012', 'password_too_common'],
    ['Administrator', 'password_too_common'],
    ['Password2026!', 'password_too_common'],
  ])('%s is refused', async (password, code) => {
    await expect(passwords.hash(password)).rejects.toMatchObject({ status: 422, code });
  });

  it.each(['password', 'aaaaaaaaaaaa'])('%s is none for ADMIN_PASSWORD', (password) => {
    expect(() => loadConfig({ ADMIN_PASSWORD: password })).toThrow(/^ADMIN_PASSWORD must .*\.$/);
  });
});
