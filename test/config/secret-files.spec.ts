import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { SECRETS } from '../../src/config/secret-files.js';
import { configErrorOf } from './support/config-error.js';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-secrets-'));
let files = 0;

function fileWith(content: string | Buffer): string {
  const path = join(folder, `secret-${++files}`);
  writeFileSync(path, content);
  return path;
}

const passwordIn = (path: string) => loadConfig({ ADMIN_PASSWORD_FILE: path }).admin.password;

describe('a secret in a file', () => {
  it.each([
    { what: 'without a newline', content: 'correct horse', password: 'correct horse' },
    { what: 'with a newline', content: 'correct horse\n', password: 'correct horse' },
    { what: 'with a newline of Windows', content: 'correct horse\r\n', password: 'correct horse' },
    { what: 'with two newlines', content: 'correct horse\n\n', password: 'correct horse\n' },
    { what: 'with spaces', content: ' correct horse ', password: ' correct horse ' },
    { what: 'with a byte order mark', content: '\ufeffcorrect horse', password: 'correct horse' },
  ])('is read $what', ({ content, password }) => {
    expect(passwordIn(fileWith(content))).toBe(password);
  });

  it('is read through a link, as Kubernetes hands it over', () => {
    const link = join(folder, 'link');
    symlinkSync(fileWith('correct horse'), link);
    expect(passwordIn(link)).toBe('correct horse');
  });

  it('counts where the variable itself is empty', () => {
    const file = fileWith('correct horse');
    const { admin } = loadConfig({ ADMIN_PASSWORD: '', ADMIN_PASSWORD_FILE: file });
    expect(admin.password).toBe('correct horse');
  });

  it('can be each of them', () => {
    const key = 'ab'.repeat(32);
    const config = loadConfig({
      SECRET_KEY_FILE: fileWith(key),
      DATABASE_URL_FILE: fileWith('mysql://u:p@db/rollcall\n'),
      REDIS_URL_FILE: fileWith('redis://cache\n'),
      GITHUB_CLIENT_ID: 'id',
      GITHUB_CLIENT_SECRET_FILE: fileWith('client-secret\n'),
    });
    expect(config.secretKey?.toString('hex')).toBe(key);
    expect(config.database).toMatchObject({ host: 'db', password: 'p' });
    expect(config.redis?.url).toBe('redis://cache');
    expect(config.github.oauth?.clientSecret).toBe('client-secret');
  });
});

describe('a secret that cannot be taken from its file', () => {
  const file = fileWith('correct horse');
  const directory = join(folder, 'directory');
  mkdirSync(directory);

  it.each([
    { what: 'missing', path: join(folder, 'nothing'), says: 'does not exist' },
    { what: 'in no folder', path: join(file, 'x'), says: 'does not exist' },
    { what: 'a folder', path: directory, says: 'folder' },
    { what: 'a device', path: '/dev/zero', says: 'not a regular file' },
    { what: 'empty', path: fileWith(''), says: 'empty' },
    { what: 'only a newline', path: fileWith('\n'), says: 'empty' },
    { what: 'too large', path: fileWith('x'.repeat(65_537)), says: '64 KiB' },
    { what: 'not text', path: fileWith(Buffer.from([0xff, 0xfe, 0x41])), says: 'UTF-8' },
  ])('because it is $what is told in one line', ({ path, says }) => {
    for (const name of SECRETS) {
      const { variable, message } = configErrorOf({ [`${name}_FILE`]: path });
      expect(variable).toBe(`${name}_FILE`);
      expect(message).toContain(says);
      expect(message).not.toMatch(/\n|secret-|rollcall-secrets/);
    }
  });

  it('because the variable is set as well is told in one line', () => {
    for (const name of SECRETS) {
      const { variable, message } = configErrorOf({ [name]: 'x', [`${name}_FILE`]: file });
      expect(variable).toBe(`${name}_FILE`);
      expect(message).toContain(name);
    }
  });
});

describe('a wrong value in a file', () => {
  it.each([
    { name: 'SECRET_KEY', content: 'short' },
    { name: 'ADMIN_PASSWORD', content: 'short' },
    { name: 'DATABASE_URL', content: 'postgres://db/x' },
    { name: 'REDIS_URL', content: 'cache:6379' },
    { name: 'GITHUB_APP_PRIVATE_KEY', content: 'no key' },
    { name: 'GITHUB_CLIENT_SECRET', content: 'a b' },
    { name: 'SECRET_KEY', content: '"quoted"' },
  ])('of $name names the variable and the file', ({ name, content }) => {
    const { variable, message } = configErrorOf({ [`${name}_FILE`]: fileWith(content) });
    expect(variable).toBe(name);
    expect(message).toMatch(new RegExp(`^${name} \\(from ${name}_FILE\\) `));
    expect(message).not.toContain(content);
  });
});
