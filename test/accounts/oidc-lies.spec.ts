import { expect, it } from 'vitest';
import { User } from '../../src/accounts/users/user.entity.js';
import { startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';
import { type Lie, startLyingProvider } from './support/lying-provider.js';

const now = () => Math.floor(Date.now() / 1000);

/** What Rollcall answers to a sign-in with such an ID token. */
async function signInWith(lie: Lie, extra = '') {
  const { state, env } = await startLyingProvider();
  const service = await startWeb({ env });
  const client = new WebClient(service.url);
  const begun = await client.get('/sign-in/oidc');
  const { searchParams } = new URL(begun.headers.get('location') ?? '');
  state.nonce = searchParams.get('nonce') ?? '';
  state.lie = lie;
  const query = `code=abc&state=${searchParams.get('state')}${extra}`;
  const answer = await client.get(`/sign-in/oidc/callback?${query}`);
  const users = await service.dataSource.manager.count(User);
  return { status: answer.status, text: answer.text, users };
}

it('takes an honest ID token', async () => {
  expect(await signInWith({})).toMatchObject({ status: 303, users: 1 });
});

it.each<{ what: string; lie: () => Lie }>([
  { what: 'another nonce', lie: () => ({ claims: { nonce: 'another' } }) },
  { what: 'no nonce', lie: () => ({ claims: { nonce: undefined } }) },
  { what: 'another issuer', lie: () => ({ claims: { iss: 'https://evil.example' } }) },
  { what: 'another audience', lie: () => ({ claims: { aud: 'another' } }) },
  {
    what: 'two audiences, and another party',
    lie: () => ({ claims: { aud: ['rollcall', 'another'], azp: 'another' } }),
  },
  { what: 'an end an hour ago', lie: () => ({ claims: { exp: now() - 3600, iat: now() - 7200 } }) },
  { what: 'no subject', lie: () => ({ claims: { sub: undefined } }) },
  { what: 'a foreign signature', lie: () => ({ isForged: true }) },
  { what: 'no signature', lie: () => ({ header: { alg: 'none' } }) },
])('refuses an ID token with $what', async ({ lie }) => {
  const { status, text, users } = await signInWith(lie());
  expect([status, users]).toEqual([422, 0]);
  expect(text).toContain('answer is not for this sign-in');
});

it('refuses an answer that another provider sent', async () => {
  const { status, users } = await signInWith({}, '&iss=https%3A%2F%2Fevil.example');
  expect([status, users]).toEqual([422, 0]);
});
