import { describe, expect, it } from 'vitest';
import { runCommand } from '../support/process.js';
import { runInProcess } from './support/in-process.js';
import { oneLine } from './support/stage.js';

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => runInProcess(args, { env });

const commands = [
  'serve',
  'worker',
  'migrate',
  'connect',
  'sync',
  'members',
  'diff',
  'runs',
  'user',
  'token',
  'demo',
  'completion',
];

describe('help', () => {
  it('lists every command', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it.each(['sync', 'demo'])('tells the options of %s', async (command) => {
    const { code, stdout } = await run([command, '--help']);
    expect(code).toBe(0);
    for (const option of ['--json', '--team <slug>']) expect(stdout).toContain(option);
  });

  it.each(commands)('gives an example of %s', async (command) => {
    const { stdout } = await run([command, '--help']);
    expect(stdout).toMatch(new RegExp(`\\nExample:\\n  .*rollcall ${command}`));
  });

  it('tells the version', async () => {
    const { code, stdout } = await runCommand(['--version']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });
});

describe('wrong usage', () => {
  it.each([
    { args: [], says: 'Give a command' },
    { args: ['dance'], says: "unknown command 'dance'" },
    { args: ['sync'], says: "missing required argument 'org'" },
    { args: ['sync', ''], says: 'github.com/NAME' },
    { args: ['connect', 'acme/repository', '--token-stdin'], says: 'github.com/NAME' },
    { args: ['sync', 'acme', 'other'], says: 'too many arguments' },
    { args: ['sync', 'acme', '--fast'], says: "unknown option '--fast'" },
    { args: ['sync', 'acme', '--team'], says: 'argument missing' },
    { args: ['members', 'acme', '--status', 'gone'], says: 'active, left or disabled' },
    { args: ['members', 'acme', '--format', 'xml'], says: 'table, csv, json' },
    { args: ['members', 'acme', '--format', 'csv', '--json'], says: 'cannot be used together' },
    { args: ['user', 'ada@example.com', '--role', 'owner'], says: 'admin, member' },
    { args: ['connect', 'acme'], says: '--token-stdin' },
    { args: ['token', 'ci', '--expires-in-days', '0'], says: 'a whole number from 1 to 3650' },
    { args: ['token', 'ci', '--expires-in-days', 'soon'], says: 'a whole number from 1 to 3650' },
    { args: ['user', 'ada@example.com'], says: '--password-stdin' },
    { args: ['completion', 'tcsh'], says: 'bash, zsh, fish' },
  ])('is told of $args in one line', async ({ args, says }) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(says);
  });

  it('shows nobody a token that was given in a wrong place', async () => {
    const { code, stderr } = await run(['connect', 'acme', '--token=ghp_Secret token']);
    expect(code).toBe(2);
    expect(stderr).toMatch(oneLine);
    expect(stderr).not.toContain('Secret');
  });
});

describe('a refused configuration', () => {
  const mysql = { DATABASE_URL: 'mysql://root:secret@127.0.0.1:1/rollcall' };
  const redis = { REDIS_URL: 'redis://127.0.0.1:1' };
  const key = { SECRET_KEY: 'ab'.repeat(32) };

  it.each([
    { env: { PORT: '70000' }, names: 'PORT' },
    { env: { PORT: 'web' }, names: 'PORT' },
    { env: { ROLE: 'boss' }, names: 'ROLE' },
    { env: { ROLE: 'web' }, names: 'ROLE' },
    { env: { ...mysql, ...key, ROLE: 'worker' }, names: 'ROLE' },
    { env: redis, names: 'DATABASE_URL' },
    { env: mysql, names: 'SECRET_KEY' },
    { env: { SECRET_KEY: 'short' }, names: 'SECRET_KEY' },
    { env: { DATABASE_URL: 'postgres://localhost/x' }, names: 'DATABASE_URL' },
    { env: { PUBLIC_URL: 'rollcall.example.com' }, names: 'PUBLIC_URL' },
    { env: { ADMIN_EMAIL: 'nobody' }, names: 'ADMIN_EMAIL' },
    { env: { GITHUB_API_URL: 'api.github.com' }, names: 'GITHUB_API_URL' },
    { env: { ALLOW_PRIVATE_API_URLS: 'yes' }, names: 'ALLOW_PRIVATE_API_URLS' },
  ])('ends the start with one line: $env', async ({ env, names }) => {
    const { code, stdout, stderr } = await run(['serve'], env);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(`rollcall: ${names} `);
    expect(stderr).not.toContain('secret@');
  });

  it('says that a worker needs Redis', async () => {
    const { code, stderr } = await run(['worker']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^rollcall: ROLE can be worker only when REDIS_URL is set/);
  });
});
