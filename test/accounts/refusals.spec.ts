import { Controller, Get } from '@nestjs/common';
import { afterEach, expect, it, vi } from 'vitest';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { RefusalLog } from '../../src/platform/observability/refusal-log.js';
import { StderrLogger } from '../../src/platform/process/stderr-logger.js';
import { Access } from '../../src/platform/web/access.decorator.js';
import { WebClient } from '../support/web-client.js';
import { join, PASSWORD, signIn, startAccounts } from './support/accounts.js';

@Access('read-only token')
@Controller('api/v1/things')
class ApiController {
  @Get()
  show() {
    return [];
  }
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The service, and the refusals that it has logged so far, as JSON. */
async function start(env?: NodeJS.ProcessEnv) {
  const accounts = await startAccounts({ env, controllers: [ApiController] });
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  accounts.app.useLogger(new StderrLogger('warn', { traces: false }));
  const refusals = () =>
    written
      .filter((line) => line.includes('[Refusals] '))
      .map((line) => JSON.parse(line.slice(line.indexOf('{'))));
  return { ...accounts, accounts, written, refusals, client: new WebClient(accounts.url) };
}

it('tells each refusal in one line, with no password and no token', async () => {
  const { accounts, client, written, refusals } = await start();
  await join(accounts, 'ada@example.org');
  const secret = 'hunter2@hunter2';
  await client.post('/sign-in', { email: ' Ada@example.org', password: secret });
  await client.post('/sign-in', { email: secret, password: 'x' });
  await client.get('/api/v1/things', { Authorization: `Bearer rc_${secret}` });
  await client.post('/sign-out', {}, { Origin: 'https://evil.example' });
  expect(refusals()).toEqual([
    {
      ...{ event: 'sign_in_refused', code: 'sign_in_refused' },
      ...{ account: 'ada@example.org', address: '127.0.0.1' },
    },
    expect.objectContaining({ event: 'sign_in_refused', account: '(no such account)' }),
    {
      ...{ event: 'api_token_refused', code: 'unauthorized' },
      ...{ method: 'GET', path: '/api/v1/things', address: '127.0.0.1' },
    },
    {
      ...{ event: 'cross_site_refused', method: 'POST', path: '/sign-out' },
      ...{ origin: 'https://evil.example', address: '127.0.0.1' },
    },
  ]);
  expect(written.join('')).not.toContain(secret);
});

it('tells twenty of a minute, and then how many were left out', async () => {
  vi.useFakeTimers();
  const { refusals, app } = await start();
  const log = app.get(RefusalLog);
  for (let i = 0; i < 50; i++) log.write('sign_in_refused', { account: 'x'.repeat(1_000) });
  log.write('api_token_refused', {});
  expect(refusals()).toHaveLength(21);
  expect(refusals()[0].account).toHaveLength(201);
  vi.advanceTimersByTime(60_000);
  expect(refusals().slice(21)).toEqual([{ event: 'sign_in_refused', leftOut: 30, seconds: 60 }]);
  log.write('sign_in_refused', {});
  expect(refusals()).toHaveLength(23);
});

it('says on the page and in the log what keeps an https sign-in from working', async () => {
  const env = { PUBLIC_URL: 'https://rollcall.example.org', TRUSTED_PROXIES: '192.0.2.1' };
  const { client, accounts, refusals } = await start(env);
  await join(accounts, 'ada@example.org');
  const form = { email: 'ada@example.org', password: PASSWORD };
  const none = await client.post('/sign-in', form);
  expect([none.status, none.headers.getSetCookie()]).toEqual([400, []]);
  expect(none.text).toContain('The proxy there must send &#x60;X-Forwarded-Proto: https&#x60;.');
  const untrusted = await client.get('/sign-in', { 'X-Forwarded-Proto': 'https' });
  expect(untrusted.text).toContain('Add its address to TRUSTED_PROXIES');
  expect((await client.get('/sign-in', { 'X-Forwarded-Proto': 'http' })).text).toContain(
    'Open the https address',
  );
  expect(refusals()).toHaveLength(3);
  expect(refusals()[1]).toMatchObject({ event: 'https_required', proxy: '127.0.0.1' });
});

it('tells somebody without a team that there is none, not that the session has ended', async () => {
  const { accounts, dataSource } = await start();
  await join(accounts, 'ada@example.org');
  const ada = await signIn(accounts, 'ada@example.org');
  await dataSource.manager.clear(Membership);
  const { text } = await ada.get('/sign-in');
  expect(text).toContain('Your account belongs to no team. Ask an admin');
  expect(text).not.toContain('Your session has ended');
});
