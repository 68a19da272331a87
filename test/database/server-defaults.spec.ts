import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrator.js';
import { databaseConfigOf } from '../support/database-config.js';
import { connect, syncToEnd } from '../support/runs.js';
import { MariaDb } from '../support/servers/mariadb.js';
import { withConnection } from '../support/servers/mysql-database.js';
import { startGithub } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';

/** Nothing that Rollcall needs, nor what a bare server has. */
const ODD = [
  '--sql-mode=ORACLE,NO_BACKSLASH_ESCAPES',
  '--character-set-server=latin1',
  '--collation-server=latin1_german2_ci',
  '--skip-character-set-client-handshake',
  '--transaction-isolation=READ-UNCOMMITTED',
  '--default-time-zone=+05:30',
  '--autocommit=0',
  '--group-concat-max-len=4',
];

const NAMES = [
  "Robert'); DROP TABLE members;--",
  "\\'); DROP TABLE members;--",
  '\\backslash\\',
  '"quoted" `and` \'so\'',
  'Ünïcödé || 𝕬𝖑𝖎𝖈𝖊',
];

const SESSION = `SELECT CONNECTION_ID() AS id, @@session.sql_mode AS mode, @@session.tx_isolation AS isolation, @@session.time_zone AS zone,
  @@session.autocommit AS autocommit, @@session.sql_select_limit AS most, @@session.foreign_key_checks AS keys_checked,
  @@character_set_client AS client, @@character_set_results AS results, @@collation_connection AS collation`;

const OURS = {
  mode: expect.not.stringMatching(/NO_BACKSLASH_ESCAPES|ANSI_QUOTES|PIPES_AS_CONCAT|ORACLE/),
  isolation: 'READ-COMMITTED',
  zone: '+00:00',
  autocommit: '1',
  most: '18446744073709551615',
  keys_checked: '1',
  client: 'utf8mb4',
  results: 'utf8mb4',
  collation: 'utf8mb4_bin',
};

let mariadb: MariaDb;

// The whole application starts on a server that was just made.
vi.setConfig({ testTimeout: 90_000 });

beforeAll(async () => {
  mariadb = await MariaDb.start(ODD);
  await asRoot('SET GLOBAL sql_select_limit = 2', 'SET GLOBAL foreign_key_checks = 0');
});
afterAll(() => mariadb.stop());

const asRoot = (...statements: string[]) =>
  withConnection(mariadb.url, async (root) => {
    for (const statement of statements) await root.query(statement);
  });

async function open(url?: string): Promise<DataSource> {
  const config = databaseConfigOf(url ?? (await mariadb.createDatabase()));
  const dataSource = createDataSource(await dataSourceOptions(config, []));
  await dataSource.initialize();
  onTestFinished(() => dataSource.destroy());
  return dataSource;
}

const sessionsOf = (dataSource: DataSource, connections: number) =>
  Array.from({ length: connections }, () =>
    dataSource.query<{ id: string }[]>(SESSION).then(([session]) => session ?? { id: '' }),
  );

const sessions = (dataSource: DataSource, connections: number) =>
  Promise.all(sessionsOf(dataSource, connections));

it('keeps names, and shows and finds them, whatever the server’s defaults are', async () => {
  const { world, organization, token, simulator } = await startGithub();
  const people = NAMES.map((name, i) => world.addUser({ login: `person-${i}`, name }));
  for (const person of people) organization.join(person);
  const DATABASE_URL = await mariadb.createDatabase();
  await migrate(await open(DATABASE_URL), databaseConfigOf(DATABASE_URL));
  const env = { DATABASE_URL, GITHUB_API_URL: simulator.url };
  const service = await startWeb({ dialect: 'mysql', env });
  const { id } = await connect(service, token);
  const { result } = await syncToEnd(service, id);
  expect(result).toMatchObject({ created: 3 + NAMES.length, failed: 0 });
  for (const { id: githubId, name } of people)
    expect(await service.dataSource.manager.findOneBy(Member, { githubId })).toMatchObject({
      name,
    });
  const admin = await signedIn(service);
  const search = new URLSearchParams({ q: '\\backslash' });
  const page = await admin.get(`/integrations/github/${id}/members`);
  expect(page.status).toBe(200);
  for (const { login } of people) expect(page.text).toContain(login);
  const found = await admin.get(`/integrations/github/${id}/members?${search}`);
  expect(found.text).toContain('person-2');
  expect(found.text).not.toContain('person-3');
});

it('sets every connection, also one that takes the place of a lost one', async () => {
  const dataSource = await open();
  const first = await sessions(dataSource, 5);
  await asRoot("KILL CONNECTION USER 'rollcall'@'127.0.0.1'");
  // A connection that is not known to be lost yet fails once.
  await Promise.allSettled(sessionsOf(dataSource, 5));
  const next = await sessions(dataSource, 5);
  for (const { id, ...session } of [...first, ...next]) expect(session).toEqual(OURS);
  const newest = Math.max(...first.map(({ id }) => Number(id)));
  for (const { id } of next) expect(Number(id)).toBeGreaterThan(newest);
});

it.each(['NO_BACKSLASH_ESCAPES', 'ANSI_QUOTES', 'PIPES_AS_CONCAT', 'ORACLE', ''])(
  'means the same with the sql_mode %j',
  async (mode) => {
    await asRoot(`SET GLOBAL sql_mode = '${mode}'`);
    const dataSource = await open();
    expect(await dataSource.query('SELECT ? AS text, 1 || 0 AS either', [NAMES[1]])).toEqual([
      { text: NAMES[1], either: 1 },
    ]);
  },
);
