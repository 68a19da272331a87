import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';
import { configErrorOf } from './support/config-error.js';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

const app = { GITHUB_APP_ID: '4711', GITHUB_APP_PRIVATE_KEY: pkcs1 };
const oauth = { GITHUB_CLIENT_ID: 'Iv23abc', GITHUB_CLIENT_SECRET: 'a-client-secret' };

describe('the GitHub App', () => {
  it.each([
    { form: 'PEM as GitHub gives it', key: pkcs1 },
    { form: 'PEM of the other kind', key: pkcs8 },
    { form: 'PEM with \\n for line breaks', key: pkcs1.replaceAll('\n', '\\n') },
    { form: 'PEM with the line breaks of Windows', key: pkcs1.replaceAll('\n', '\r\n') },
    { form: 'base64 of PEM', key: Buffer.from(pkcs1).toString('base64') },
  ])('takes its key as $form', ({ key }) => {
    const { github } = loadConfig({ ...app, ...oauth, GITHUB_APP_PRIVATE_KEY: key });
    expect(github.app).toEqual({ id: 4711, privateKey: pkcs8 });
    expect(github.oauth).toEqual({ clientId: 'Iv23abc', clientSecret: 'a-client-secret' });
  });

  it.each([
    { what: 'cut off', key: pkcs1.slice(0, 200) },
    { what: 'of another kind', key: elliptic },
    { what: 'no key', key: 'hunter2' },
  ])('refuses a key that is $what, and does not show it', ({ key }) => {
    const { variable, message } = configErrorOf({ ...app, ...oauth, GITHUB_APP_PRIVATE_KEY: key });
    expect(variable).toBe('GITHUB_APP_PRIVATE_KEY');
    expect(message).toContain('RSA key');
    expect(message).not.toContain(key.slice(0, 60).split('\n').at(-1));
    expect(message).not.toContain('\n');
  });

  it.each([
    { given: app, missing: 'GITHUB_CLIENT_ID' },
    { given: { GITHUB_APP_ID: '1' }, missing: 'GITHUB_APP_PRIVATE_KEY' },
    { given: { GITHUB_APP_PRIVATE_KEY: pkcs1, ...oauth }, missing: 'GITHUB_APP_ID' },
    { given: { GITHUB_CLIENT_ID: 'x' }, missing: 'GITHUB_CLIENT_SECRET' },
    { given: { GITHUB_CLIENT_SECRET: 'x' }, missing: 'GITHUB_CLIENT_ID' },
    { given: { ...app, ...oauth, GITHUB_APP_ID: 'my-app' }, missing: 'GITHUB_APP_ID' },
    { given: { ...oauth, GITHUB_CLIENT_SECRET: 'a b' }, missing: 'GITHUB_CLIENT_SECRET' },
  ])('names $missing where that is missing or wrong', ({ given, missing }) => {
    expect(configErrorOf(given).variable).toBe(missing);
  });

  it('is not needed for an OAuth App, nor either of them at all', () => {
    expect(loadConfig(oauth).github).toMatchObject({ app: undefined, oauth: expect.anything() });
    expect(loadConfig({}).github).toMatchObject({ app: undefined, oauth: undefined });
  });
});

describe('signing in with GitHub', () => {
  it('is on where an App is set up, and owners get no other role', () => {
    expect(loadConfig({ ...app, ...oauth }).githubSignIn).toEqual({ ownersAreAdmins: false });
    expect(loadConfig(oauth).githubSignIn).toBeUndefined();
    expect(loadConfig({ ...app, ...oauth, GITHUB_SIGN_IN: 'false' }).githubSignIn).toBeUndefined();
  });

  it('lets owners be admins, and passwords be off, and has checks of its own', () => {
    const env = {
      ...{ ...app, ...oauth, GITHUB_OWNERS_ARE_ADMINS: 'true' },
      ...{ PASSWORD_SIGN_IN: 'false', OIDC_RECHECK_MINUTES: '5' },
    };
    expect(loadConfig(env)).toMatchObject({
      githubSignIn: { ownersAreAdmins: true },
      ...{ passwordSignIn: false, recheckMinutes: 5 },
    });
  });

  it.each([
    { GITHUB_OWNERS_ARE_ADMINS: 'true' },
    { GITHUB_OWNERS_ARE_ADMINS: 'true', ...app, ...oauth, GITHUB_SIGN_IN: 'false' },
    { PASSWORD_SIGN_IN: 'false', ...app, ...oauth, GITHUB_SIGN_IN: 'false' },
  ])('is needed for settings of it: %o', (env) => {
    const [first] = Object.keys(env);
    expect(configErrorOf(env).variable).toBe(first);
  });
});
