import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptSecretKey } from '../../src/platform/secrets/secret-key.js';
import { Secrets } from '../../src/platform/secrets/secrets.js';

const secrets = new Secrets(Buffer.alloc(32, 1));

describe('sealing', () => {
  it('gives back what was sealed, and seals nothing twice alike', () => {
    const [one, other] = [secrets.seal('ghp_ünïcode', 'here'), secrets.seal('ghp_ünïcode', 'here')];
    expect(one).toMatch(/^v1\.[\w-]+$/);
    expect(one).not.toBe(other);
    expect(secrets.open(one, 'here')).toBe('ghp_ünïcode');
  });

  const sealed = secrets.seal('ghp_secret', 'credential:1');
  const flipped = `${sealed.slice(0, -2)}${sealed.at(-2) === 'A' ? 'B' : 'A'}${sealed.at(-1)}`;

  it.each([
    ['another key', new Secrets(Buffer.alloc(32, 2)), sealed, 'credential:1'],
    ['another context', secrets, sealed, 'credential:2'],
    ['a changed text', secrets, flipped, 'credential:1'],
    ['half a text', secrets, sealed.slice(0, 20), 'credential:1'],
    ['nothing', secrets, '', 'credential:1'],
  ])('opens nothing with %s, and says why', (_, opener, text, context) => {
    expect(() => opener.open(text, context)).toThrow('SECRET_KEY has changed');
  });

  it('has a key for each purpose', () => {
    const [sessions] = secrets.keys('sessions');
    expect(sessions).toHaveLength(32);
    expect(secrets.keys('check')).not.toContainEqual(sessions);
    expect(new Secrets(Buffer.alloc(32, 1)).keys('sessions')).toEqual([sessions]);
  });

  it('opens what the previous key sealed, seals with the new one, and tells them apart', () => {
    const both = new Secrets(Buffer.alloc(32, 2), Buffer.alloc(32, 1));
    expect(both.open(sealed, 'credential:1')).toBe('ghp_secret');
    expect(both.isCurrent(sealed, 'credential:1')).toBe(false);
    const renewed = both.seal('ghp_secret', 'credential:1');
    expect(both.isCurrent(renewed, 'credential:1')).toBe(true);
    expect(secrets.tryOpen(renewed, 'credential:1')).toBeUndefined();
    expect(both.keys('sessions')).toEqual([
      ...new Secrets(Buffer.alloc(32, 2)).keys('sessions'),
      ...secrets.keys('sessions'),
    ]);
  });
});

describe('the key of an embedded installation', () => {
  const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'rollcall-key-')), 'data');

  it('is made once, for nobody else to read', async () => {
    const folder = await newFolder();
    const key = await keptSecretKey(folder);
    expect(key).toHaveLength(32);
    expect(await keptSecretKey(folder)).toEqual(key);
    expect((await stat(join(folder, 'secret.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('is one, however many ask at the same time', async () => {
    const folder = await newFolder();
    const keys = await Promise.all(Array.from({ length: 20 }, () => keptSecretKey(folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  it.each(['', 'abc', 'ff'.repeat(31), 'zz'.repeat(32)])('is not %j', async (text) => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-key-'));
    await writeFile(join(folder, 'secret.key'), text);
    await expect(keptSecretKey(folder)).rejects.toThrow('does not hold 32 bytes in hex. Restore');
    expect(await readFile(join(folder, 'secret.key'), 'utf8')).toBe(text);
  });
});
