import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runCommand } from '../support/process.js';
import { createTestDatabase } from '../support/servers/databases.js';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

const gone = { code: 0, signal: null };

describe.each(ways)('serve, on the way $way', ({ dialect, bull }) => {
  it('answers where the ready line says, and ends on SIGTERM', async () => {
    const { start } = await stage({ dialect, bull });
    const server = start(['serve']);
    const url = await server.ready;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    expect(server.stdout).toBe(`Rollcall is ready on ${url}\n`);
    server.signal('SIGTERM');
    expect(await server.exited).toEqual(gone);
  });
});

describe('serve', () => {
  it('tells the generated password once', async () => {
    const { start } = await stage({ env: { ADMIN_PASSWORD: '' } });
    const first = start(['serve']);
    await first.ready;
    expect(first.stderr).toMatch(/^Sign in as admin@localhost with the password \S{12,} /m);
    first.signal('SIGINT');
    expect(await first.exited).toEqual(gone);
    const second = start(['serve']);
    await second.ready;
    expect(second.stderr).not.toContain('password');
  });

  it('tells no password that was given', async () => {
    const { start, env } = await stage();
    const server = start(['serve']);
    await server.ready;
    expect(server.stdout + server.stderr).not.toContain(env.ADMIN_PASSWORD);
  });

  it('ends with one line where PORT is taken, and keeps the password for the next start', async () => {
    const { env, rollcall, start } = await stage({ env: { ADMIN_PASSWORD: '' } });
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as { port: number };
    env.PORT = String(port);
    const { code, stdout, stderr } = await rollcall(['serve']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(oneLine);
    expect(stderr).toContain(`PORT ${port} is already in use`);
    env.PORT = '0';
    const next = start(['serve']);
    await next.ready;
    expect(next.stderr).toContain('Sign in as admin@localhost with the password');
  });

  it('ends with one line where HOST is no address of this machine', async () => {
    const { rollcall } = await stage({ env: { HOST: '192.0.2.1' } });
    const { code, stderr } = await rollcall(['serve']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^rollcall: HOST 192\.0\.2\.1 [^\n]+\n$/);
  });

  it('closes while a connection is kept alive', async () => {
    const { start } = await stage();
    const server = start(['serve']);
    const answer = await fetch(`${await server.ready}/sign-in`);
    await answer.text();
    server.signal('SIGTERM');
    expect(await server.exited).toEqual(gone);
  });
});

describe('worker', () => {
  it('works on what others ask for, and answers no requests', async () => {
    const { start, connect, rollcall } = await stage({ dialect: 'mysql', bull: true });
    await connect();
    const worker = start(['worker']);
    await worker.waitForLine(/^Rollcall's worker is ready$/);
    expect(worker.stdout).not.toContain('http');
    expect((await rollcall(['sync', 'acme'])).code).toBe(0);
    worker.signal('SIGTERM');
    expect(await worker.exited).toEqual(gone);
  });

  it('is what ROLE=worker serve is', async () => {
    const { start } = await stage({ dialect: 'mysql', bull: true, env: { ROLE: 'worker' } });
    const worker = start(['serve']);
    await worker.waitForLine(/^Rollcall's worker is ready$/);
  });
});

describe('the schema', () => {
  const scaled = async () => {
    const database = await createTestDatabase('mysql');
    onTestFinished(() => database.drop());
    const env = { DATABASE_URL: database.url, SECRET_KEY: 'ab'.repeat(32), PORT: '0' };
    return (args: string[]) => runCommand(args, { env });
  };

  it('of MySQL is refused where it is old, until `migrate` ran', async () => {
    const rollcall = await scaled();
    for (const command of [['serve'], ['members', 'acme']]) {
      const { code, stdout, stderr } = await rollcall(command);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(oneLine);
      expect(stderr).toContain('rollcall migrate');
    }
    const first = await rollcall(['migrate', '--json']);
    expect(first).toEqual({ code: 0, stdout: expect.any(String), stderr: '' });
    expect(JSON.parse(first.stdout).migrations.length).toBeGreaterThan(10);
    expect((await rollcall(['migrate', '--json'])).stdout).toBe('{"migrations":[]}\n');
    expect((await rollcall(['members', 'acme'])).stderr).toContain('has no organization');
  });

  it('of SQLite is brought up to date by any command', async () => {
    const { rollcall } = await stage();
    expect((await rollcall(['members', 'acme'])).stderr).toContain('has no organization');
    expect((await rollcall(['migrate', '--json'])).stdout).toBe('{"migrations":[]}\n');
  });

  it('is told of in one line where the database is down', async () => {
    const env = {
      DATABASE_URL: 'mysql://root:Secret@127.0.0.1:1/rollcall',
      SECRET_KEY: 'ab'.repeat(32),
    };
    for (const command of ['serve', 'migrate']) {
      const { code, stderr } = await runCommand([command], { env });
      expect(code).toBe(1);
      expect(stderr).toMatch(oneLine);
      expect(stderr).not.toContain('Secret');
    }
  });
});
