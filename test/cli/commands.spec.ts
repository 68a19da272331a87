import { describe, expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

const failed = { code: 1, stdout: '', stderr: expect.stringMatching(oneLine) };

describe.each(ways)('on the way $way', ({ dialect, bull }) => {
  it('goes from a token to a directory', async () => {
    const { rollcall, token, organization, simulator } = await stage({ dialect, bull });

    const connected = await rollcall(['connect', 'acme', '--token-stdin', '--json'], token);
    expect(connected).toEqual({ code: 0, stdout: expect.any(String), stderr: '' });
    const { integration } = JSON.parse(connected.stdout);
    expect(integration).toEqual({
      id: expect.any(Number),
      organizationLogin: 'acme',
      organizationId: organization.id,
      apiUrl: simulator.url,
    });

    const synced = await rollcall(['sync', '@ACME', '--json']);
    expect(synced.code).toBe(0);
    const { run } = JSON.parse(synced.stdout);
    expect(run).toMatchObject({
      state: 'complete',
      trigger: 'cli',
      result: { created: 3, total: 3, held: 0 },
      error: null,
    });

    const runs = await rollcall(['runs', `${integration.id}`, '--json']);
    expect(runs).toEqual({ code: 0, stdout: expect.any(String), stderr: '' });
    expect(JSON.parse(runs.stdout)).toEqual([run]);

    const members = await rollcall(['members', 'acme', '--json']);
    expect(members).toEqual({ code: 0, stdout: expect.any(String), stderr: '' });
    const shown = JSON.parse(members.stdout);
    expect(shown).toHaveLength(3);
    expect(shown).toContainEqual({
      githubId: expect.any(Number),
      login: 'olga-owner',
      displayName: expect.any(String),
      email: expect.any(String),
      role: 'admin',
      status: 'active',
      avatarUrl: expect.stringMatching(/^https:/),
      twoFactor: expect.any(Boolean),
      since: expect.stringMatching(/^\d{4}-.*Z$/),
      disabledBy: null,
      disabledAt: null,
      suspended: null,
      affiliation: 'member',
      samlNameId: null,
      scimUserName: null,
      verifiedEmails: expect.any(Array),
    });
  });

  it('connects public members only where that is said', async () => {
    const { rollcall, world } = await stage({ dialect, bull });
    world.addToken({ token: 'ghp_outsider', user: world.addUser() });
    const plain = await rollcall(['connect', 'acme', '--token-stdin'], 'ghp_outsider');
    expect(plain).toEqual(failed);
    expect(plain.stderr).toContain('not a member of acme');
    const args = ['connect', 'https://github.com/acme', '--token-stdin', '--public-only'];
    expect((await rollcall(args, 'ghp_outsider')).code).toBe(0);
    const admins = await rollcall(['members', 'acme', '--role', 'admin']);
    expect(admins).toEqual(failed);
    expect(admins.stderr).toContain('Roles are not visible. Connect ');
  });

  it('makes users, their teams and API tokens', async () => {
    const { rollcall } = await stage({ dialect, bull });
    const user = (args: string[]) =>
      rollcall(
        ['user', 'Ada@example.com', '--password-stdin', '--team', 'ops', '--json', ...args],
        'correct horse\n',
      );
    const shown = (role: string) => ({
      code: 0,
      stdout: `{"user":{"email":"ada@example.com","role":"${role}","team":"ops"}}\n`,
      stderr: '',
    });
    expect(await user(['--role', 'admin'])).toEqual(shown('admin'));
    expect(await user([])).toEqual(shown('admin'));
    const demoted = await user(['--role', 'member']);
    expect(demoted).toEqual(failed);
    expect(demoted.stderr).toContain('last admin of the team');

    const made = await rollcall(['token', 'ci', '--team', 'ops', '--json']);
    expect(made).toEqual({ code: 0, stdout: expect.any(String), stderr: '' });
    expect(JSON.parse(made.stdout)).toEqual({
      token: { id: expect.any(Number), name: 'ci', value: expect.stringMatching(/^rc_\S{40,}$/) },
    });
    const options = ['--read-only', '--expires-in-days', '30'];
    const lesser = await rollcall(['token', ' ci ', '--team', 'ops', '--json', ...options]);
    expect(Object.keys(JSON.parse(lesser.stdout).token)).toEqual(['id', 'name', 'value']);
    expect(await rollcall(['token', 'two\nlines', '--team', 'ops'])).toEqual(failed);
  });
});

describe('connect', () => {
  it('connects again with another token, and says so', async () => {
    const { rollcall, connect, world, owner } = await stage();
    const { id } = await connect();
    world.addToken({ token: 'ghp_Another', user: owner });
    const again = await rollcall(['connect', 'acme', '--token-stdin', '--json'], 'ghp_Another\n');
    expect(again.code).toBe(0);
    expect(again.stderr).toMatch(/^acme was already connected. Its credential was replaced.*\n$/);
    expect(Object.keys(JSON.parse(again.stdout))).toEqual(['integration']);
    expect(JSON.parse(again.stdout).integration.id).toBe(id);
  });

  it.each([
    { what: 'an empty token', stdin: '\n', says: 'no token' },
    { what: 'two lines', stdin: 'ghp_a\nghp_b\n', says: 'exactly one line' },
    { what: 'a wrong token', stdin: 'ghp_Wrong', says: 'GitHub rejected the token' },
    { what: 'a token with a space in it', stdin: 'ghp_Wrong one', says: 'token' },
  ])('refuses $what and stores nothing', async ({ stdin, says }) => {
    const { rollcall } = await stage();
    const refused = await rollcall(['connect', 'acme', '--token-stdin', '--json'], stdin);
    expect(refused).toEqual(failed);
    expect(refused.stderr).toContain(says);
    expect(refused.stderr).not.toContain('ghp_');
    expect(await rollcall(['runs', 'acme'])).toEqual(failed);
  });

  it('refuses an organization, an address and a team that are not there', async () => {
    const { rollcall, token } = await stage();
    const connect = (...args: string[]) => rollcall(['connect', ...args, '--token-stdin'], token);
    expect(await connect('nowhere')).toEqual(failed);
    expect(await connect('acme', '--team', 'nobodys')).toEqual(failed);
    expect(await connect('acme', '--api-url', 'http://10.0.0.1/api/v3')).toEqual(failed);
    expect(await connect('acme', '--api-url', 'github')).toEqual(failed);
  });

  it('says that GitHub is out of reach', async () => {
    const { rollcall, simulator } = await stage();
    await simulator.stop();
    expect(await rollcall(['connect', 'acme', '--token-stdin'], 'ghp_x')).toEqual(failed);
  });

  it('asks for an id where a name is that of several', async () => {
    const { rollcall, connect, simulator, token } = await stage({
      env: { ALLOW_PRIVATE_API_URLS: 'true' },
    });
    const { id } = await connect();
    const enterprise = ['--api-url', `${simulator.url}/api/v3`, '--token-stdin', '--json'];
    const other = JSON.parse((await rollcall(['connect', 'acme', ...enterprise], token)).stdout);
    const { code, stdout, stderr } = await rollcall(['runs', 'acme', '--json']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(oneLine);
    for (const one of [id, other.integration.id])
      expect(stderr).toMatch(new RegExp(`\\b${one} \\(`));
    expect((await rollcall(['runs', `${id}`, '--json'])).stdout).toBe('[]\n');
  });
});

it('refuses a password that is short', async () => {
  const { rollcall } = await stage();
  const user = (stdin: string) => rollcall(['user', 'a@b.example', '--password-stdin'], stdin);
  expect(await user('short')).toEqual(failed);
  expect(await user('')).toEqual(failed);
});

it('says in one line what is unknown', async () => {
  const { rollcall } = await stage();
  expect(await rollcall(['sync', 'acme', '--json'])).toEqual(failed);
  expect(await rollcall(['members', 'acme', '--json'])).toEqual(failed);
  expect(await rollcall(['runs', 'acme', '--team', 'nobodys', '--json'])).toEqual(failed);
  expect(await rollcall(['token', 'ci', '--team', 'nobodys', '--json'])).toEqual(failed);
});
