import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { databaseConfigOf } from '../support/database-config.js';
import { CertificateAuthority } from '../support/servers/certificates.js';
import { configErrorOf } from './support/config-error.js';

let ca: string;

beforeAll(async () => {
  ({ path: ca } = await CertificateAuthority.create());
});

const options = (text: string) =>
  databaseConfigOf(`mysql://u:p@db/rollcall${text.replace('PATH', ca)}`);

describe('DATABASE_URL', () => {
  it.each([
    { url: 'mysql://u:p@db/rollcall', parts: { host: 'db', port: 3306, username: 'u' } },
    { url: 'mysql://u:p@db:3307/rollcall', parts: { port: 3307, password: 'p' } },
    { url: 'mysql://u:p%23%2F%3F%25@db/rollcall', parts: { password: 'p#/?%' } },
    { url: 'mysql://u:p#?@x@db/rollcall', parts: { password: 'p#?@x', host: 'db' } },
    { url: 'mysql://u@[::1]/rollcall', parts: { host: '::1', password: '' } },
    { url: 'mysql://u:p@db/rollcall?', parts: { database: 'rollcall', tls: undefined } },
  ])('is read as $parts from $url', ({ url, parts }) => {
    expect(databaseConfigOf(url)).toMatchObject({ type: 'mysql', ...parts });
  });

  it('may be a file', () => {
    const path = resolve('data/with space.sqlite');
    expect(databaseConfigOf('sqlite:data/with space.sqlite')).toEqual({ type: 'sqlite', path });
  });

  it.each([
    'sqlite:',
    'postgres://db/x',
    'mysql://u:p@db',
    'mysql://u:p@db/',
    'mysql:///rollcall',
    'mysql://u:100%@db/rollcall',
    'mysql://u:p@db/rollcall#x',
    'mysql://u:p@db:port/rollcall',
  ])('says what form it has where it is %s', (value) => {
    const { variable, message } = configErrorOf({ DATABASE_URL: value });
    expect(variable).toBe('DATABASE_URL');
    expect(message).toContain('mysql://user:password@host:port/database');
  });
});

describe('options of DATABASE_URL', () => {
  it.each([
    { text: '?ssl-mode=REQUIRED', verify: 'nothing' },
    { text: '?ssl-mode=VERIFY_CA&ssl-ca=PATH', verify: 'chain' },
    { text: '?ssl-mode=VERIFY_IDENTITY&ssl-ca=PATH', verify: 'identity' },
    { text: '?ssl-ca=PATH', verify: 'chain' },
    { text: '?ssl-mode=REQUIRED&ssl-ca=PATH', verify: 'chain' },
  ])('$text verifies $verify', ({ text, verify }) => {
    const tls = { verify, ca: text.includes('PATH') ? PEM : undefined };
    expect(options(text)).toMatchObject({ tls });
  });

  const PEM = expect.stringContaining('BEGIN CERTIFICATE');

  it.each([
    { text: '?sslmode=REQUIRED', says: "'sslmode'" },
    { text: '?ssl-mode=REQUIRED&charset=latin1', says: "'charset'" },
    { text: '?ssl-mode=REQUIRED&ssl-mode=VERIFY_CA', says: 'twice' },
    { text: '?ssl-mode=VERIFY_CA', says: '&ssl-ca=PATH' },
    { text: '?ssl-mode=VERIFY_CA', says: 'ssl-mode=VERIFY_IDENTITY' },
    { text: '?ssl-mode=PREFERRED', says: 'REQUIRED, VERIFY_CA or VERIFY_IDENTITY' },
    { text: '?ssl-mode=required', says: 'REQUIRED, VERIFY_CA or VERIFY_IDENTITY' },
    { text: '?ssl-mode', says: 'REQUIRED, VERIFY_CA or VERIFY_IDENTITY' },
    { text: '?ssl-ca=/nowhere.pem', says: 'ssl-ca' },
    { text: '?ssl-ca=%', says: 'percent-encoded' },
    { text: '?ssl-ca=', says: 'ssl-ca' },
  ])('$text is refused in one line', ({ text, says }) => {
    const { variable, message } = configErrorOf({ DATABASE_URL: `mysql://u:geheim@db/r${text}` });
    expect(variable).toBe('DATABASE_URL');
    expect(message).toContain(says);
    expect(message).not.toMatch(/geheim|\n/);
  });

  it('names a file that holds no certificate', () => {
    const path = join(tmpdir(), 'no-certificate.pem');
    writeFileSync(path, '-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n');
    const url = `mysql://u:p@db/rollcall?ssl-ca=${path}`;
    expect(configErrorOf({ DATABASE_URL: url }).message).toContain('certificate');
  });

  it('are refused for SQLite, which has none', () => {
    const { variable, message } = configErrorOf({ DATABASE_URL: 'sqlite:x.sqlite?mode=ro' });
    expect(variable).toBe('DATABASE_URL');
    expect(message).toContain("'mode'");
  });
});
