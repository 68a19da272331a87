import { describe, expect, it } from 'vitest';
import { SignInLink } from '../../src/accounts/sign-in/sign-in-link.entity.js';
import { runInProcess } from '../cli/support/in-process.js';
import { testEnvironment, ways } from '../support/service.js';
import { somebody, startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';
import { startIdentityProvider } from './support/identity-provider.js';
import { audited } from './support/sso.js';

const ada = { email: 'ada@acme.example', role: 'member' as const };

/** Rollcall without passwords, whose provider is away, and a link that the operator made for Ada. */
async function start(way: (typeof ways)[number]) {
  const provider = await startIdentityProvider();
  const given = { ...provider.env, PASSWORD_SIGN_IN: 'false', PUBLIC_URL: 'http://localhost/at' };
  const env = await testEnvironment({ ...way, env: given });
  const service = await startWeb({ env });
  await somebody(service, ada);
  const made = await runInProcess(['sign-in-link', 'Ada@acme.example'], { env });
  const path = made.stdout.trim().replace('http://localhost', '');
  return { provider, service, env, made, path, client: new WebClient(service.url) };
}

const integrations = '/at/integrations';

describe.each(ways)("an operator's link, $way", (way) => {
  it('lets somebody in once, and a preview does not use it up', async () => {
    const { provider, service, made, path, client } = await start(way);
    expect([made.code, made.stdout]).toEqual([
      0,
      expect.stringMatching(/^http:\/\/localhost\/at\/sign-in\/link\/[\w-]{43}\n$/),
    ]);
    expect(made.stderr).toContain('10 minutes');
    for (let i = 0; i < 2; i++) {
      const page = await client.get(path);
      expect(page.text).toContain(`<form method="post" action="${path}">`);
      expect(page.headers.get('cache-control')).toBe('no-store');
      expect((await client.get(integrations)).status).toBe(302);
    }
    const kept = JSON.stringify(await service.dataSource.manager.find(SignInLink));
    expect(kept).not.toContain(path.split('/').at(-1));
    expect((await client.post(path)).headers.get('location')).toBe('/at/');
    expect((await client.get(integrations)).text).toContain(ada.email);
    const again = new WebClient(service.url);
    expect((await again.post(path)).status).toBe(422);
    expect((await again.get(path)).text).toContain('already used, has expired, or is wrong');
    expect((await again.get(integrations)).status).toBe(302);
    expect((await audited({ provider, service })).map(({ action }) => action)).toEqual([
      'sign_in_link.create',
      'sign_in',
    ]);
  });

  it('lets in one of two who use it at once', async () => {
    const { service, path } = await start(way);
    const both = [new WebClient(service.url), new WebClient(service.url)];
    const answers = await Promise.all(both.map((client) => client.post(path)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  });

  it('is too late after 10 minutes', async () => {
    const { service, path, client } = await start(way);
    const [link] = await service.dataSource.manager.find(SignInLink);
    const left = (link?.expiresAt.getTime() ?? 0) - Date.now();
    expect(left).toBeGreaterThan(9 * 60_000);
    expect(left).toBeLessThanOrEqual(10 * 60_000);
    await service.dataSource.manager.update(
      SignInLink,
      { codeHash: link?.codeHash },
      { expiresAt: new Date() },
    );
    expect((await client.get(path)).status).toBe(422);
    expect((await client.post(path)).status).toBe(422);
  });
});

it('is made for users only, and as JSON', async () => {
  const { env } = await start(ways[0]);
  const unknown = await runInProcess(['sign-in-link', 'bob@acme.example'], { env });
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('There is no user')]);
  const { stdout } = await runInProcess(['sign-in-link', ada.email, '--json'], { env });
  expect(JSON.parse(stdout)).toEqual({
    url: expect.stringContaining('/at/sign-in/link/'),
    expiresAt: expect.any(String),
  });
});
