import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { reportFailure } from '../../src/commands/outcome.js';
import { loadConfig } from '../../src/config/config.js';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { initialize } from '../../src/platform/database/open-data-source.js';
import { createBullQueue } from '../../src/platform/queue/bull-queue.js';
import { databaseConfigOf } from '../support/database-config.js';
import { runCommand } from '../support/process.js';
import { CertificateAuthority } from '../support/servers/certificates.js';
import { MariaDb } from '../support/servers/mariadb.js';
import { withConnection } from '../support/servers/mysql-database.js';
import { Redis } from '../support/servers/redis.js';
import { Signal } from '../support/signal.js';

const SECRET_KEY = 'ab'.repeat(32);

let ours: CertificateAuthority;
let other: CertificateAuthority;

beforeAll(async () => {
  [ours, other] = await Promise.all([CertificateAuthority.create(), CertificateAuthority.create()]);
});

describe('TLS to MariaDB', () => {
  let mariadb: MariaDb;
  let url: string;

  beforeAll(async () => {
    // For the address alone: under the name localhost nobody may trust it.
    const { key, certificate } = await ours.issue('IP:127.0.0.1');
    mariadb = await MariaDb.start([`--ssl-key=${key}`, `--ssl-cert=${certificate}`]);
    url = await mariadb.createDatabase();
    await withConnection(mariadb.url, (root) =>
      root.query("CREATE USER 'rollcall'@'localhost' IDENTIFIED BY 'rollcall'"),
    );
  });
  afterAll(() => mariadb.stop());

  async function cipher(options: string, address = url): Promise<string | undefined> {
    const database = databaseConfigOf(address + options);
    const dataSource = await initialize(createDataSource(await dataSourceOptions(database, [])));
    onTestFinished(() => dataSource.destroy());
    const [row] = await dataSource.query<{ Value: string }[]>("SHOW STATUS LIKE 'Ssl_cipher'");
    return row?.Value;
  }

  it.each(['REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY'])('encrypts with %s', async (mode) => {
    const ca = mode === 'REQUIRED' ? '' : `&ssl-ca=${ours.path}`;
    expect(await cipher(`?ssl-mode=${mode}${ca}`)).toMatch(/^TLS_/);
  });

  it('does not where nobody asks for it', async () => {
    expect(await cipher('')).toBe('');
  });

  it('verifies the host name with VERIFY_IDENTITY alone', async () => {
    const byName = url.replace('127.0.0.1', 'localhost');
    await expect(cipher(`?ssl-mode=VERIFY_IDENTITY&ssl-ca=${ours.path}`, byName)).rejects.toThrow(
      /altnames/,
    );
    expect(await cipher(`?ssl-mode=VERIFY_CA&ssl-ca=${ours.path}`, byName)).toMatch(/^TLS_/);
  });

  it.each(['VERIFY_CA', 'VERIFY_IDENTITY'])('refuses another authority with %s', async (mode) => {
    // Without ssl-ca, the authorities of Node.js are asked; only VERIFY_IDENTITY may do that.
    const authorities = [`&ssl-ca=${other.path}`, ...(mode === 'VERIFY_CA' ? [] : [''])];
    for (const ca of authorities)
      await expect(cipher(`?ssl-mode=${mode}${ca}`)).rejects.toThrow(/certificate.*ssl-ca/);
  });

  it('ends the start in one line that names DATABASE_URL', async () => {
    const DATABASE_URL = `${url}?ssl-ca=${other.path}`;
    const { code, stderr } = await runCommand(['migrate'], { env: { DATABASE_URL, SECRET_KEY } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^rollcall: [^\n]*certificate[^\n]* DATABASE_URL[^\n]*\n$/);
    expect(stderr).not.toContain('rollcall:rollcall@');
  });

  it('is named as the mend where the server takes nothing else', async () => {
    await withConnection(mariadb.url, async (root) => {
      await root.query('SET GLOBAL require_secure_transport = 1');
      await expect(cipher('')).rejects.toThrow(/DATABASE_URL.*add ssl-mode/);
      await root.query('SET GLOBAL require_secure_transport = 0');
    });
  });
});

describe('TLS to Redis', () => {
  let redis: Redis;

  beforeAll(async () => {
    redis = await Redis.start(await ours.issue('IP:127.0.0.1'));
  });
  afterAll(() => redis.stop());

  const configOf = (url: string, ca?: string) => {
    const DATABASE_URL = 'mysql://u:p@127.0.0.1/rollcall';
    const given = { DATABASE_URL, SECRET_KEY, REDIS_URL: url, REDIS_TLS_CA: ca };
    const { redis } = loadConfig(given);
    if (!redis) throw new Error('There is no Redis.');
    return redis;
  };

  it('carries jobs to a server that speaks nothing else', async () => {
    const queue = await createBullQueue<{ runId: number }>('tls', configOf(redis.url, ours.path));
    onTestFinished(() => queue.close());
    const processed = new Signal();
    queue.process(1, async () => processed.give());
    await queue.add({ runId: 1 });
    await processed.given;
  });

  it.each([
    { what: 'another authority', url: () => redis.url, ca: () => other.path },
    { what: 'none of ours', url: () => redis.url, ca: () => undefined },
    {
      what: 'another host name',
      url: () => redis.url.replace('127.0.0.1', 'localhost'),
      ca: () => ours.path,
    },
  ])('is refused with $what, in one line that names REDIS_URL', async ({ url, ca }) => {
    const opened = createBullQueue('tls', configOf(url(), ca()));
    const error = await opened.then(
      () => undefined,
      (refusal: Error) => refusal,
    );
    expect(error?.message).toMatch(/^[^\n]*REDIS_URL[^\n]*$/);
    expect(reportFailure(error)).toBe(1);
  });
});
