import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { configErrorOf } from './support/config-error.js';

const provider = {
  OIDC_ISSUER: 'https://id.example.com',
  OIDC_CLIENT_ID: 'rollcall',
  OIDC_CLIENT_SECRET: 'secret',
};

describe('single sign-on in the environment', () => {
  it('is off without variables, and passwords are on', () => {
    const { oidc, passwordSignIn } = loadConfig({});
    expect([oidc, passwordSignIn]).toEqual([undefined, true]);
  });

  it('has defaults', () => {
    expect(loadConfig(provider).oidc).toEqual({
      issuer: 'https://id.example.com',
      clientId: 'rollcall',
      clientSecret: 'secret',
      allowedDomains: [],
      adminGroups: [],
    });
    expect(loadConfig(provider).recheckMinutes).toBe(15);
  });

  it('takes lists with commas', () => {
    const env = {
      ...provider,
      OIDC_ALLOWED_DOMAINS: 'Acme.example, acme.org',
      OIDC_ADMIN_GROUPS: 'Owners, site admins',
      OIDC_RECHECK_MINUTES: '5',
      PASSWORD_SIGN_IN: 'false',
    };
    const { oidc, passwordSignIn, recheckMinutes } = loadConfig(env);
    expect(oidc).toMatchObject({
      allowedDomains: ['acme.example', 'acme.org'],
      adminGroups: ['Owners', 'site admins'],
    });
    expect([passwordSignIn, recheckMinutes]).toEqual([false, 5]);
  });

  it.each(Object.keys(provider))('is refused without %s', (name) => {
    expect(configErrorOf({ ...provider, [name]: '' }).message).toMatch(
      new RegExp(`^${name} must be set when OIDC_\\w+ is set; or unset OIDC_\\w+\\.$`),
    );
  });

  it.each([
    { OIDC_ALLOWED_DOMAINS: 'acme.example' },
    { OIDC_ADMIN_GROUPS: 'owners' },
    { OIDC_RECHECK_MINUTES: '5' },
  ])('is refused with $env alone', (env) => {
    expect(configErrorOf(env).message).toMatch(/^OIDC_ISSUER must be set when OIDC_\w+ is set/);
  });

  it.each([
    ['OIDC_ISSUER', 'http://id.example.com'],
    ['OIDC_ISSUER', 'https://user:secret@id.example.com'],
    ['OIDC_ISSUER', 'id.example.com'],
    ['OIDC_CLIENT_ID', 'two words'],
    ['OIDC_ALLOWED_DOMAINS', '@acme.example'],
    ['OIDC_ALLOWED_DOMAINS', ','],
    ['OIDC_ADMIN_GROUPS', ' , '],
    ['OIDC_RECHECK_MINUTES', '0'],
    ['PASSWORD_SIGN_IN', 'no'],
  ])('is refused with %s=%s', (name, value) => {
    expect(configErrorOf({ ...provider, [name]: value }).message).toMatch(
      new RegExp(`^${name} .+\\.$`),
    );
  });

  it('may be http on this machine', () => {
    const OIDC_ISSUER = 'http://127.0.0.1:8080/realms/acme';
    expect(loadConfig({ ...provider, OIDC_ISSUER }).oidc?.issuer).toBe(OIDC_ISSUER);
  });

  it('is needed to turn passwords off', () => {
    expect(configErrorOf({ PASSWORD_SIGN_IN: 'false' }).message).toMatch(
      /^PASSWORD_SIGN_IN can be false/,
    );
  });
});
