import { describe, expect, it, onTestFinished } from 'vitest';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MariaDb } from '../support/servers/mariadb.js';
import { until } from '../support/until.js';
import { signedIn, startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';
import { startPages } from './support/pages.js';

const SIGNED_IN = 'action="/sign-out"';

describe('to somebody who is signed in, an error', () => {
  it.each([
    { what: 'an unknown address', path: '/nowhere', status: 404, says: 'Check the address' },
    { what: 'what is no id', path: '/integrations/github/x/members', status: 404, says: 'list' },
    { what: "another team's", path: '/integrations/github/99/members', status: 404, says: '' },
    { what: 'what only forms lead to', path: '/sign-out', status: 405, says: 'use the button' },
    {
      what: 'a broken address',
      path: '/integrations/github/%FF/members',
      status: 400,
      says: 'Check the',
    },
  ])('is a page that knows them: $what', async ({ path, status, says }) => {
    const service = await startWeb();
    const answer = await (await signedIn(service)).get(path);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(SIGNED_IN);
    expect(answer.text).toContain(says);
    expect(answer.text).toMatch(/<a href="\/"[^>]*>Go to Integrations</);
  });

  it('is one also where too much was sent', async () => {
    const service = await startWeb();
    const admin = await signedIn(service);
    const { status, text } = await admin.post('/onboarding/token', { token: 'x'.repeat(200_000) });
    expect(status).toBe(413);
    expect(text).toContain(SIGNED_IN);
    expect(text).toContain('at most 100 kB');
  });

  it('is one that says who may, where they may not', async () => {
    const service = await startWeb();
    const { status, text } = await (await signedIn(service, { role: 'member' })).get('/onboarding');
    expect(status).toBe(403);
    expect(text).toContain(SIGNED_IN);
    expect(text).toContain('Ask an admin of your team.');
  });

  it('that nobody foresaw can be tried again, and tells the operator when it was', async () => {
    const { service, admin, page } = await startPages();
    await service.dataSource.query('DROP TABLE member_changes');
    await service.dataSource.query('ALTER TABLE members RENAME TO gone');
    const { status, text } = await admin.get(page);
    expect(status).toBe(500);
    expect(text).toContain(SIGNED_IN);
    expect(text).toMatch(/<a href=""[^>]*>Try again</);
    expect(text).toMatch(/Time of the error: <time/);
    expect(text).not.toMatch(/members|gone|SQL/);
  });
});

it('to a stranger an error is a page that leads to the start', async () => {
  const service = await startWeb();
  const { status, text } = await new WebClient(service.url).get('/nowhere');
  expect(status).toBe(404);
  expect(text).not.toContain(SIGNED_IN);
  expect(text).toContain('Go to the start page');
});

it('while the database is away, everybody is told so, and nothing is lost', async () => {
  const mariadb = await MariaDb.start();
  onTestFinished(() => mariadb.stop());
  const DATABASE_URL = await mariadb.createDatabase();
  const service = await startWeb({ dialect: 'mysql', env: { DATABASE_URL } });
  const admin = await signedIn(service);
  expect((await admin.get('/integrations')).status).toBe(200);
  const tokens = service.app.get(ApiTokensService, { strict: false });
  const { value } = await tokens.create(1, 'reads the health of things');
  await mariadb.kill();
  for (const path of ['/integrations', '/nowhere', '/onboarding']) {
    const { status, text } = await admin.get(path);
    expect(status, path).toBe(503);
    expect(text).toContain('The database does not answer.');
    expect(text).toMatch(/<a href=""[^>]*>Try again</);
    expect(text).not.toMatch(/ECONN|mysql:|127\.0\.0\.1/);
  }
  const part = await admin.get('/integrations', { 'HX-Request': 'true' });
  expect([part.status, part.headers.get('hx-retarget')]).toEqual([503, '#notice']);
  const api = await admin.get('/api/v1/integrations', { Authorization: `Bearer ${value}` });
  expect(JSON.parse(api.text)).toMatchObject({ status: 503, code: 'database_unavailable' });
  await mariadb.restart();
  await until(async () => (await admin.get('/integrations')).status === 200);
  expect(await service.dataSource.manager.count(GithubIntegration)).toBe(0);
});
