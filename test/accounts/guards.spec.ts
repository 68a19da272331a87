import { request } from 'node:http';
import { All, Controller, Get, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { ApiToken } from '../../src/accounts/api-tokens/api-token.entity.js';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { CurrentIdentity, type Identity } from '../../src/accounts/identity.js';
import { Membership } from '../../src/accounts/users/membership.entity.js';
import { TeamsService } from '../../src/accounts/users/teams.service.js';
import { Access } from '../../src/platform/web/access.decorator.js';
import { WebClient } from '../support/web-client.js';
import { type Accounts, join, signIn, startAccounts } from './support/accounts.js';

@Access('member')
@Controller('page')
class PageController {
  @Get()
  show(@CurrentIdentity() identity: Identity) {
    return identity;
  }

  @Access('admin')
  @Get('settings')
  settings() {
    return 'settings';
  }

  @Access('nobody')
  @Get('open')
  open(@CurrentIdentity() identity?: Identity) {
    return { who: identity?.name ?? 'a stranger' };
  }

  @All()
  change() {
    return 'changed';
  }
}

@Access('admin')
@Controller('admin')
class AdminController {
  @Get()
  show() {
    return 'admin';
  }
}

@Access('read-only token')
@Controller('api/v1/things')
class ApiController {
  @Get()
  show(@CurrentIdentity() identity: Identity) {
    return identity;
  }

  @Access('full token')
  @Post()
  change() {
    return { changed: true };
  }
}

const start = (env?: NodeJS.ProcessEnv) =>
  startAccounts({ controllers: [PageController, AdminController, ApiController], env });

async function tokenOf({ app }: Accounts, teamSlug = 'default') {
  const { id } = await app.get(TeamsService).findOrCreate(teamSlug);
  return app.get(ApiTokensService).create(id, 'nightly export');
}

/** `fetch` sends no Host of its own choice. */
function postTo(url: string, headers: Record<string, string>) {
  return new Promise<{ status?: number; text: string }>((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers }, async (answer) => {
      const chunks = await answer.toArray();
      resolve({ status: answer.statusCode, text: Buffer.concat(chunks).toString() });
    });
    sent.on('error', reject).end();
  });
}

const bearer = (value: string) => ({ Authorization: `Bearer ${value}` });

describe('a page', () => {
  it('sends a stranger to sign in, and remembers where to', async () => {
    const client = new WebClient((await start()).url);
    const { status, headers } = await client.get('/page?a=1&b=%2F');
    expect([status, headers.get('location')]).toEqual([
      302,
      '/sign-in?next=%2Fpage%3Fa%3D1%26b%3D%252F',
    ]);
    expect((await client.post('/page')).headers.get('location')).toBe('/sign-in');
  });

  it('answers htmx with 401 and the way to sign in, not with a redirect that it would swap in', async () => {
    const client = new WebClient((await start()).url);
    for (const answer of [
      await client.get('/page', { 'HX-Request': 'true' }),
      await client.post('/page', {}, { 'HX-Request': 'true' }),
    ]) {
      expect([answer.status, answer.headers.get('hx-redirect')]).toEqual([401, '/sign-in']);
      expect(answer.text).toBe('');
    }
  });

  it('knows who is there', async () => {
    const accounts = await start();
    await join(accounts, 'ada@example.org', 'admin', 'engines');
    const { text } = await (await signIn(accounts, 'ada@example.org')).get('/page');
    expect(JSON.parse(text)).toMatchObject({
      userId: 1,
      teamSlug: 'engines',
      role: 'admin',
      name: 'ada@example.org',
    });
  });

  it('is open to everybody where it says so', async () => {
    const accounts = await start();
    await join(accounts, 'ada@example.org');
    const stranger = await new WebClient(accounts.url).get('/page/open');
    expect(stranger.text).toContain('a stranger');
    const ada = await signIn(accounts, 'ada@example.org');
    expect((await ada.get('/page/open')).text).toContain('ada@example.org');
  });

  it('for admins tells others that it is', async () => {
    const accounts = await start();
    await join(accounts, 'ada@example.org', 'admin');
    await join(accounts, 'bob@example.org', 'member');
    for (const path of ['/admin', '/page/settings']) {
      expect((await (await signIn(accounts, 'ada@example.org')).get(path)).status).toBe(200);
      const refused = await (await signIn(accounts, 'bob@example.org')).get(path);
      expect(refused.status).toBe(403);
      expect(refused.text).toContain('Only admins of the team can do this.');
    }
  });

  it('is closed at once to somebody who leaves the team, or loses the role', async () => {
    const accounts = await start();
    await join(accounts, 'ada@example.org', 'admin');
    const ada = await signIn(accounts, 'ada@example.org');
    const { manager } = accounts.dataSource;
    await manager.update(Membership, { role: 'admin' }, { role: 'member' });
    expect((await ada.get('/admin')).status).toBe(403);
    await manager.delete(Membership, { role: 'member' });
    expect((await ada.get('/page')).status).toBe(302);
  });

  it('takes no API token', async () => {
    const accounts = await start();
    const { value } = await tokenOf(accounts);
    expect((await new WebClient(accounts.url).get('/page', bearer(value))).status).toBe(302);
  });
});

describe('the API', () => {
  it('takes a token for an admin of its team', async () => {
    const accounts = await start();
    const { value } = await tokenOf(accounts, 'engines');
    const client = new WebClient(accounts.url);
    const { text } = await client.get('/api/v1/things', bearer(value));
    expect(JSON.parse(text)).toMatchObject({
      userId: null,
      teamSlug: 'engines',
      role: 'admin',
      name: 'nightly export',
    });
    expect((await client.post('/api/v1/things', {}, bearer(value))).status).toBe(201);
  });

  it.each(['/api/v1/things', '/API/v1/things', '/Api/V1/Things'])(
    'takes no session at %s',
    async (path) => {
      const accounts = await start();
      await join(accounts, 'ada@example.org', 'admin');
      const ada = await signIn(accounts, 'ada@example.org');
      const { status, headers, text } = await ada.get(path);
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe('Bearer');
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      expect(JSON.parse(text)).toMatchObject({ status: 401, code: 'unauthorized' });
    },
  );

  it('takes no wrong token, and none in another form', async () => {
    const accounts = await start();
    const { id, value } = await tokenOf(accounts);
    const status = async (authorization: string) =>
      (await new WebClient(accounts.url).get('/api/v1/things', { authorization })).status;
    for (const wrong of ['', value, `Basic ${value}`, `Bearer ${value}x`, `Bearer ${value} x`])
      expect(await status(wrong)).toBe(401);
    expect(await status(`bearer ${value}`)).toBe(200);
    const { manager } = accounts.dataSource;
    for (const [change, code] of [
      [{ expiresAt: new Date() }, 'token_expired'],
      [{ revokedAt: new Date() }, 'token_revoked'],
    ] as const) {
      await manager.update(ApiToken, { id }, change);
      const refused = await new WebClient(accounts.url).get('/api/v1/things', bearer(value));
      expect(refused.status).toBe(401);
      expect(JSON.parse(refused.text)).toMatchObject({
        code,
        remedy: expect.stringMatching(/^Use another token/),
      });
    }
  });
});

describe('a change that a browser asks for', () => {
  const PUBLIC_URL = 'https://rollcall.example.org';
  const proxied = { 'X-Forwarded-Proto': 'https' };

  const table: [headers: Record<string, string>, allowed: boolean][] = [
    [{}, true],
    [{ Origin: PUBLIC_URL }, true],
    [{ Origin: PUBLIC_URL, 'Sec-Fetch-Site': 'same-origin' }, true],
    [{ 'Sec-Fetch-Site': 'same-origin' }, true],
    [{ 'Sec-Fetch-Site': 'none' }, true],
    [{ 'Sec-Fetch-Site': 'same-site' }, false],
    [{ 'Sec-Fetch-Site': 'cross-site' }, false],
    [{ 'Sec-Fetch-Site': 'whatever' }, false],
    [{ Origin: 'null' }, false],
    [{ Origin: 'https://evil.example' }, false],
    [{ Origin: 'https://rollcall.example.org.evil.example' }, false],
    [{ Origin: 'https://rollcall.example.org:8443' }, false],
    [{ Origin: 'http://rollcall.example.org' }, false],
    [{ Origin: 'nonsense' }, false],
    [{ Origin: PUBLIC_URL, 'Sec-Fetch-Site': 'cross-site' }, false],
    [{ Origin: 'https://evil.example', 'Sec-Fetch-Site': 'same-origin' }, false],
  ];

  it('is allowed by the origin of PUBLIC_URL alone, whatever its Host', async () => {
    const { url } = await start({ PUBLIC_URL });
    for (const [headers, allowed] of [
      ...table,
      [{ Origin: url }, false],
      [{ Origin: 'https://attacker.example', Host: 'attacker.example' }, false],
      [{ Origin: PUBLIC_URL, Host: 'rollcall.example.org' }, true],
    ] as typeof table) {
      const { status, text } = await postTo(`${url}/sign-out`, headers);
      expect([JSON.stringify(headers), status]).toEqual([
        JSON.stringify(headers),
        allowed ? 303 : 403,
      ]);
      if (!allowed) expect(text).toContain('The request came from another site.');
    }
  });

  it('is allowed by its Host where no PUBLIC_URL says more', async () => {
    const { url } = await start();
    const { host } = new URL(url);
    expect((await postTo(`${url}/sign-out`, { Origin: url })).status).toBe(303);
    expect((await postTo(`${url}/sign-out`, { Origin: `http://evil-${host}` })).status).toBe(403);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE'])('is looked at when it is a %s', async (method) => {
    const { url } = await start();
    const headers = { Origin: 'https://evil.example' };
    expect((await fetch(`${url}/page`, { method, headers })).status).toBe(403);
  });

  it('is refused with a session as well', async () => {
    const accounts = await start({ PUBLIC_URL });
    await join(accounts, 'ada@example.org', 'admin');
    const ada = new WebClient(accounts.url);
    const form = { email: 'ada@example.org', password: 'correct horse battery' };
    await ada.post('/sign-in', form, proxied);
    const own = { ...proxied, Origin: PUBLIC_URL };
    const other = { ...proxied, Origin: 'https://evil.example' };
    expect((await ada.post('/page', {}, own)).status).toBe(200);
    expect((await ada.post('/page', {}, other)).status).toBe(403);
    expect((await ada.get('/page', other)).status).toBe(200);
  });
});
