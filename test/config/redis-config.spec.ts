import { beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { CertificateAuthority } from '../support/servers/certificates.js';
import { configErrorOf } from './support/config-error.js';

const mysql = { DATABASE_URL: 'mysql://u:p@db/rollcall', SECRET_KEY: 'ab'.repeat(32) };
let ca: string;

beforeAll(async () => {
  ({ path: ca } = await CertificateAuthority.create());
});

describe('REDIS_URL', () => {
  it('asks for TLS by its scheme, and trusts the authority of REDIS_TLS_CA', () => {
    const redisOf = (variables: NodeJS.ProcessEnv) => loadConfig({ ...mysql, ...variables }).redis;
    expect(redisOf({ REDIS_URL: 'redis://cache/3' })).toEqual({
      url: 'redis://cache/3',
      tls: undefined,
    });
    expect(redisOf({ REDIS_URL: 'rediss://cache' })?.tls).toEqual({ ca: undefined });
    expect(redisOf({ REDIS_URL: 'rediss://cache', REDIS_TLS_CA: ca })?.tls).toEqual({
      ca: expect.stringContaining('BEGIN CERTIFICATE'),
    });
  });

  it.each([
    { url: 'redis://:geheim@cache?family=6', says: "'family'" },
    { url: 'rediss://:geheim@cache/0?rejectUnauthorized=false', says: "'rejectUnauthorized'" },
    { url: 'redis://:geheim@cache/#0', says: '#' },
    { url: 'redis://:geheim@cache/first', says: 'number' },
    { url: 'redis://:geheim@', says: 'redis://' },
    { url: 'http://:geheim@cache', says: 'redis://' },
  ])('is refused as $url', ({ url, says }) => {
    const { variable, message } = configErrorOf({ ...mysql, REDIS_URL: url });
    expect(variable).toBe('REDIS_URL');
    expect(message).toContain(says);
    expect(message).not.toMatch(/geheim|\n/);
  });
});

describe('REDIS_TLS_CA', () => {
  it.each([
    { given: { REDIS_URL: 'redis://cache' }, says: 'rediss://' },
    { given: {}, says: 'rediss://' },
  ])('is refused without rediss: $given', ({ given, says }) => {
    const { variable, message } = configErrorOf({ ...mysql, ...given, REDIS_TLS_CA: ca });
    expect(variable).toBe('REDIS_TLS_CA');
    expect(message).toContain(says);
  });

  it.each(['/nowhere.pem', '/', '/dev/null', import.meta.filename])('is refused as %s', (path) => {
    const variables = { ...mysql, REDIS_URL: 'rediss://cache', REDIS_TLS_CA: path };
    expect(configErrorOf(variables).variable).toBe('REDIS_TLS_CA');
  });
});
