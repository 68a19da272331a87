import { expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../src/accounts/passwords.js';

it('keeps a password as a salted hash that says how it was made', async () => {
  const [one, other] = await Promise.all([hashPassword('p äss wörd'), hashPassword('p äss wörd')]);
  expect(one).toMatch(/^scrypt\$32768\$8\$3\$[\w+/]{22}==\$[\w+/]{43}=$/);
  expect(one).not.toBe(other);
});

it('tells the right password from others', async () => {
  const hash = await hashPassword('correct horse');
  expect(await verifyPassword('correct horse', hash)).toBe(true);
  for (const wrong of ['', 'Correct horse', 'correct horse ', hash])
    expect(await verifyPassword(wrong, hash)).toBe(false);
});

it('verifies a hash that was made with another cost', async () => {
  // RFC 7914, section 12, the first 32 bytes of its second vector.
  const key = Buffer.from(
    'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162',
    'hex',
  );
  const salt = Buffer.from('NaCl').toString('base64');
  const hash = `scrypt$1024$8$16$${salt}$${key.toString('base64')}`;
  expect(await verifyPassword('password', hash)).toBe(true);
});

it('takes as long for an account that there is not', async () => {
  const timed = async (hash?: string) => {
    const started = performance.now();
    expect(await verifyPassword('correct horse', hash)).toBe(hash !== undefined);
    return performance.now() - started;
  };
  const known = await timed(await hashPassword('correct horse'));
  expect(await timed(undefined)).toBeGreaterThan(known / 3);
});

it('refuses a short password, and says how long one is', async () => {
  await expect(hashPassword('seven77')).rejects.toMatchObject({
    status: 422,
    code: 'password_too_short',
    remedy: 'Use at least 8 characters.',
  });
});
