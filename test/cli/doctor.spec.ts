import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MailServer } from '../support/mail-server.js';
import { CertificateAuthority } from '../support/servers/certificates.js';
import { createTestDatabase } from '../support/servers/databases.js';
import { startForwardProxy } from '../support/servers/forward-proxy.js';
import { freePort } from '../support/servers/free-port.js';
import { Redis } from '../support/servers/redis.js';
import { redisCommands } from '../support/servers/redis-commands.js';
import { startTlsFront } from '../support/servers/tls-front.js';
import { ways } from '../support/service.js';
import { startWeb } from '../support/web.js';
import { oneLine, stage } from './support/stage.js';

const [embedded, scaled = embedded] = ways;

type Staged = Awaited<ReturnType<typeof stage>>;

/** What `rollcall doctor` says of each check, as its state and its message. */
async function findings({ rollcall }: Staged): Promise<Record<string, [string, string]>> {
  const { stdout } = await rollcall(['doctor', '--json']);
  const all = JSON.parse(stdout).findings as { check: string; state: string; message: string }[];
  return Object.fromEntries(all.map(({ check, state, message }) => [check, [state, message]]));
}

/** The finding of one check after `spoil`. */
async function afterwards(way: object, check: string, spoil: (staged: Staged) => unknown) {
  const staged = await stage(way);
  await staged.connect();
  await spoil(staged);
  const { [check]: found } = await findings(staged);
  return found;
}

const problem = (words: string) => ['problem', expect.stringContaining(words)];
const localhost = async () => `http://127.0.0.1:${await freePort()}`;

describe.each(ways)('doctor, $way', (way) => {
  it('finds nothing wrong where all is well, and says so of each part', async () => {
    const staged = await stage(way);
    const { connect, env, rollcall, token } = staged;
    env.PUBLIC_URL = (await startWeb()).url;
    await connect();
    const { code, stdout, stderr } = await rollcall(['doctor']);
    expect(stdout).not.toContain('problem');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const check of ['database', 'github', 'clock', 'public url', 'secret key'])
      expect(stdout).toMatch(new RegExp(`^ok +${check}: .+\\.$`, 'm'));
    expect(stdout).toContain('credential of acme: GitHub accepts it');
    expect(stdout).not.toContain(token);
  });

  it('tells whether the mail server answers', async () => {
    const server = await MailServer.start();
    const asked = (env: object) =>
      afterwards(way, 'smtp', (staged) => Object.assign(staged.env, server.env, env));
    expect(await asked({})).toEqual(['ok', '127.0.0.1 answers.']);
    const nobody = `smtp://127.0.0.1:${await freePort()}`;
    expect(await asked({ SMTP_URL: nobody })).toEqual(problem('could not be reached'));
  });

  it('ends with 1 and one line where something is wrong', async () => {
    const { rollcall, simulator } = await stage(way);
    await simulator.stop();
    const { code, stdout, stderr } = await rollcall(['doctor']);
    expect(code).toBe(1);
    expect(stderr).toMatch(oneLine);
    expect(stdout).toMatch(/^problem {2}github: .*refused the connection/m);
  });

  it('names a wrong SECRET_KEY', async () => {
    const found = await afterwards(way, 'secret key', ({ env }) => {
      env.SECRET_KEY = 'cd'.repeat(32);
    });
    expect(found).toEqual(problem('SECRET_KEY is not the key of this database'));
  });

  it('names a credential that GitHub does not accept', async () => {
    const found = await afterwards(way, 'credential of acme', ({ world, token }) =>
      world.revokeToken(token),
    );
    expect(found).toEqual(problem('Connect'));
  });
});

describe('doctor names', () => {
  it('a clock that differs from GitHub', async () => {
    const found = await afterwards({}, 'clock', ({ world }) => world.clock.advance(90_000));
    expect(found).toEqual(problem('behind GitHub'));
  });

  it('a certificate that is not trusted', async () => {
    const found = await afterwards({}, 'github', async ({ env, simulator }) => {
      const authority = await CertificateAuthority.create();
      const front = await startTlsFront(simulator.url, await authority.issue('DNS:localhost'));
      env.GITHUB_API_URL = front.url;
    });
    expect(found).toEqual(problem('NODE_EXTRA_CA_CERTS'));
  });

  it('a proxy that refuses, and one that is away', async () => {
    const through = async (url: string) =>
      afterwards({}, 'github', ({ env }) =>
        Object.assign(env, { HTTP_PROXY: url, GITHUB_API_URL: 'http://ghe.acme.example/api/v3' }),
      );
    const proxy = await startForwardProxy({ credentials: 'rollcall:hunter2' });
    expect(await through(proxy.url)).toEqual(problem('proxy'));
    expect(await through(await localhost())).toEqual(problem('proxy'));
  });

  it('a PUBLIC_URL that leads elsewhere, or nowhere', async () => {
    const at = (publicUrl: (staged: Staged) => string | Promise<string>) =>
      afterwards({}, 'public url', async (staged) => {
        staged.env.PUBLIC_URL = await publicUrl(staged);
      });
    expect(await at(({ simulator }) => simulator.url)).toEqual(problem('/health/live answers'));
    expect(await at(localhost)).toEqual(problem('ECONNREFUSED'));
    expect(await at(() => '')).toEqual(['warning', expect.stringContaining('PUBLIC_URL')]);
  });

  it('a folder that others can read', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'rollcall-doctor-'));
    const found = await afterwards({ env: { DATA_DIR: dataDir } }, 'permissions', () =>
      chmod(dataDir, 0o755),
    );
    expect(found).toEqual(['warning', expect.stringContaining(`chmod go= '${dataDir}'`)]);
  });

  it('a database that is new, and changes nothing there', async () => {
    const staged = await stage({ env: { DATABASE_URL: '' } });
    staged.env.DATA_DIR = join(await mkdtemp(join(tmpdir(), 'rollcall-doctor-')), 'data');
    const found = await findings(staged);
    expect(found.database).toEqual(['warning', expect.stringContaining('first start')]);
    expect(found['secret key']).toBeUndefined();
    expect(found.permissions).toEqual(['warning', expect.stringContaining('does not exist')]);
  });

  it('a schema that must be migrated, and a database that does not answer', async () => {
    const staged = await stage(scaled);
    const empty = await createTestDatabase('mysql');
    onTestFinished(() => empty.drop());
    staged.env.DATABASE_URL = empty.url;
    expect((await findings(staged)).database).toEqual(problem('rollcall migrate'));
    staged.env.DATABASE_URL = `mysql://nobody:hunter2@127.0.0.1:${await freePort()}/rollcall`;
    const { database = [] } = await findings(staged);
    expect(database).toEqual(problem('ECONNREFUSED'));
    expect(database.join()).not.toContain('hunter2');
  });

  it('a Redis that refuses the password', async () => {
    const redis = await Redis.start();
    onTestFinished(() => redis.stop());
    await redisCommands(redis.url, 'CONFIG SET requirepass right');
    const found = await afterwards(scaled, 'redis', ({ env }) => {
      env.REDIS_URL = redis.url.replace('//', '//:wrong@');
    });
    expect(found).toEqual(problem('REDIS_URL is refused'));
    expect(found?.join()).not.toContain('wrong@');
  });

  it('a Redis that is away', async () => {
    const found = await afterwards(scaled, 'redis', async ({ env }) => {
      env.REDIS_URL = (await localhost()).replace('http', 'redis');
    });
    expect(found).toEqual(problem('Redis cannot be reached'));
  });
});
