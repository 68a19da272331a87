import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { afterEach, describe, expect, it } from 'vitest';
import { Team } from '../../src/accounts/users/team.entity.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { createDataSource, dataSourceOptions } from '../../src/platform/database/data-source.js';
import { isOutdated, migrate } from '../../src/platform/database/migrator.js';
import { openDataSource } from '../../src/platform/database/open-data-source.js';
import { databaseConfigOf } from '../support/database-config.js';
import { createTestDatabase, dialects } from '../support/servers/databases.js';

const MEMBER_SYNC_FIELDS = [
  'member_sync_status',
  'member_sync_started_at',
  'member_sync_completed_at',
  'member_sync_error',
  'member_sync_result',
];

describe.each(dialects)('the migrations on %s', (dialect) => {
  const ends: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });

  async function open() {
    const database = await createTestDatabase(dialect);
    ends.push(() => database.drop());
    const config = databaseConfigOf(database.url);
    const connect = async () => {
      const entities = [Team, GithubIntegration, Member, MemberSyncRun];
      const dataSource = createDataSource(await dataSourceOptions(config, entities));
      await dataSource.initialize();
      ends.push(() => dataSource.destroy());
      return dataSource;
    };
    return { config, connect, dataSource: await connect() };
  }

  const columns = async (dataSource: DataSource, table: string) =>
    (await dataSource.createQueryRunner().getTable(table))?.columns.map(({ name }) => name) ?? [];

  it('run up, down and up again', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    expect(ran.length).toBeGreaterThan(10);
    for (const _ of ran) await dataSource.undoLastMigration();
    expect(await columns(dataSource, 'github_integrations')).toEqual([]);
    expect(await migrate(dataSource, config)).toEqual(ran);
    expect(await columns(dataSource, 'github_integrations')).toEqual(
      expect.arrayContaining(MEMBER_SYNC_FIELDS),
    );
    expect(await isOutdated(dataSource)).toBe(false);
  });

  it('add the five fields in a migration of their own, and take just them away again', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    const own = ran.findIndex((name) => name.startsWith('AddMemberSyncStatusToGithubIntegrations'));
    for (const _ of ran.slice(own)) await dataSource.undoLastMigration();
    const left = await columns(dataSource, 'github_integrations');
    expect(left).toContain('organization_login');
    expect(left.filter((name) => name.startsWith('member_sync'))).toEqual([]);
  });

  it('keep the rows of an integration when the five fields are added to it', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    const own = ran.findIndex((name) => name.startsWith('AddMemberSyncStatusToGithubIntegrations'));
    for (const _ of ran.slice(own)) await dataSource.undoLastMigration();
    await insertIntegration(dataSource);
    await migrate(dataSource, config);
    const [integration] = await dataSource.getRepository(GithubIntegration).find();
    expect(integration).toMatchObject({
      organizationId: 9_007_199_254_740_991,
      memberSyncStatus: 'pending',
      memberSyncStartedAt: null,
      memberSyncCompletedAt: null,
      memberSyncError: '',
      memberSyncResult: null,
    });
  });

  it.each([
    ['memberSyncStatus', 'pending'],
    ['memberSyncStartedAt', null],
    ['memberSyncCompletedAt', null],
    ['memberSyncError', ''],
    ['memberSyncResult', null],
  ] as const)('give a new integration its default for %s', async (field, expected) => {
    const { config, dataSource } = await open();
    await migrate(dataSource, config);
    await insertIntegration(dataSource);
    const integration = await dataSource.getRepository(GithubIntegration).findOneByOrFail({});
    expect(integration[field]).toEqual(expected);
  });

  it('refuse a status that is none', async () => {
    const { config, dataSource } = await open();
    await migrate(dataSource, config);
    await insertIntegration(dataSource);
    const sql = "UPDATE github_integrations SET member_sync_status = 'done'";
    await expect(dataSource.query(sql)).rejects.toThrow(/constraint/i);
  });

  it('make the team default', async () => {
    const { config, dataSource } = await open();
    await migrate(dataSource, config);
    expect(await dataSource.getRepository(Team).find()).toMatchObject([{ slug: 'default' }]);
  });

  it('keep users and sessions of earlier builds as they were', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    const own = ran.findIndex((name) => name.startsWith('AddProfileToUsers'));
    for (const _ of ran.slice(own)) await dataSource.undoLastMigration();
    const at = '2026-01-02 03:04:05.678';
    await dataSource.query(
      `INSERT INTO users (email, password_hash, created_at) VALUES ('ada@example.com', 'x', '${at}')`,
    );
    await dataSource.query(
      `INSERT INTO sessions (id_hash, user_id, data, expires_at) VALUES ('hash', 1, '{}', '${at}')`,
    );
    await migrate(dataSource, config);
    const columns = 'name, last_seen_at, must_change_password';
    const [user] = await dataSource.query(`SELECT ${columns} FROM users`);
    expect(user).toEqual({ name: null, last_seen_at: null, must_change_password: 0 });
    const [session] = await dataSource.query('SELECT device, last_used_at FROM sessions');
    expect(session).toEqual({ device: null, last_used_at: null });
  });

  it('remember for each team which admins groups made', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    const own = ran.findIndex((name) => name.startsWith('AddProvidersToMemberships'));
    for (const _ of ran.slice(own)) await dataSource.undoLastMigration();
    const at = "'2026-01-02 03:04:05.678'";
    await dataSource.query(`INSERT INTO teams (slug, created_at) VALUES ('blue', ${at})`);
    for (const [email, groups] of Object.entries({ ada: 1, bob: 0 })) {
      await dataSource.query(
        `INSERT INTO users (email, password_hash, created_at) VALUES ('${email}', '', ${at})`,
      );
      await dataSource.query(
        `INSERT INTO user_identities (user_id, issuer, subject, admin_by_groups, created_at, checked_at)
         SELECT id, 'https://id.example', email, ${groups}, ${at}, ${at} FROM users WHERE email = '${email}'`,
      );
    }
    await dataSource.query(
      `INSERT INTO memberships (team_id, user_id, role, created_at)
       SELECT t.id, u.id, 'admin', ${at} FROM teams t, users u`,
    );
    await migrate(dataSource, config);
    expect(
      await dataSource.query(
        `SELECT t.slug, u.email, m.admin_by, m.joined_by FROM memberships m
         JOIN teams t ON t.id = m.team_id JOIN users u ON u.id = m.user_id ORDER BY t.id, u.id`,
      ),
    ).toEqual([
      { slug: 'default', email: 'ada', admin_by: 'groups', joined_by: null },
      { slug: 'default', email: 'bob', admin_by: null, joined_by: null },
      { slug: 'blue', email: 'ada', admin_by: null, joined_by: null },
      { slug: 'blue', email: 'bob', admin_by: null, joined_by: null },
    ]);
  });

  it('trim the keys of names that were kept before', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    await insertIntegration(dataSource);
    const own = ran.findIndex((name) => name.startsWith('TrimNameKeys'));
    for (const _ of ran.slice(own)) await dataSource.undoLastMigration();
    await insertMember(dataSource, {
      name: 'Ada Lovelace ',
      name_key: 'ada lovelace ',
      name_key_2: 'lovelace ',
    });
    await migrate(dataSource, config);
    expect(await dataSource.getRepository(Member).find()).toMatchObject([
      { nameKey: 'ada lovelace', nameKey2: 'lovelace', nameKey3: null, nameKeyMore: null },
    ]);
  });

  it('number the runs of each integration, and say which run undid which', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    await insertIntegration(dataSource);
    await insertIntegration(dataSource, 2);
    const own = ran.findIndex((name) => name.startsWith('NumberMemberSyncRuns'));
    for (const _ of ran.slice(own)) await dataSource.undoLastMigration();
    const insert = (integration: number, undoes: number | null = null) =>
      dataSource.query(
        `INSERT INTO member_sync_runs (integration_id, trigger_kind, requested_at, state, undoes_run_id)
         VALUES (${integration}, 'manual', '2026-01-02 03:04:05.678', 'complete', ${undoes})`,
      );
    for (const integration of [1, 2, 1]) await insert(integration);
    await insert(1, 3);
    await insert(1, 3);
    await migrate(dataSource, config);
    const runs = await dataSource.getRepository(MemberSyncRun).find({ order: { id: 'ASC' } });
    expect(runs.map(({ number }) => number)).toEqual([1, 1, 2, 3, 4]);
    expect(runs.map(({ undoneByRunId }) => undoneByRunId)).toEqual([null, null, 5, null, null]);
    const counts = await dataSource.getRepository(GithubIntegration).find({ order: { id: 'ASC' } });
    expect(counts.map(({ runCount }) => runCount)).toEqual([4, 1]);
  });

  it('fold the keys of names that were kept before, and search email addresses', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    await insertIntegration(dataSource);
    const own = ran.findIndex((name) => name.startsWith('AddEmailKeyToMembers'));
    for (const _ of ran.slice(own)) await dataSource.undoLastMigration();
    await insertMember(dataSource, {
      name: ' Ægir Dvořák (Łu) van Groß',
      name_key: ' ægir dvořák (łu) van groß',
      name_key_2: 'ægir dvořák (łu) van groß',
      email: 'Dvorak@Praha.example',
    });
    await migrate(dataSource, config);
    expect(await dataSource.getRepository(Member).find()).toMatchObject([
      {
        nameKey: 'aegir dvorak (lu) van gross',
        nameKey2: 'dvorak (lu) van gross',
        nameKey3: 'lu) van gross',
        nameKeyMore: 'van gross',
      },
    ]);
    expect(await dataSource.query('SELECT email_key FROM members')).toEqual([
      { email_key: 'dvorak@praha.example' },
    ]);
  });

  it('of a newer build are refused, by whoever opens the database and by `migrate`', async () => {
    const { config, dataSource } = await open();
    const ran = await migrate(dataSource, config);
    const later = 'AddWings9999999999999';
    await dataSource.query(
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, '${later}')`,
    );
    const refusal = new RegExp(`${later}.*${ran.at(-1)}`);
    await expect(migrate(dataSource, config)).rejects.toThrow(refusal);
    await expect(openDataSource(await dataSourceOptions(config, []))).rejects.toThrow(refusal);
  });

  it('run once when several processes start together', async () => {
    const { config, connect, dataSource } = await open();
    const others = [await connect(), await connect()];
    const ran = await Promise.all([dataSource, ...others].map((one) => migrate(one, config)));
    expect(ran.filter((names) => names.length > 0)).toHaveLength(1);
  });
});

async function insertIntegration(dataSource: DataSource, organization = 9_007_199_254_740_991) {
  const at = "'2026-01-02 03:04:05.678'";
  await dataSource.query(
    `INSERT INTO credentials (team_id, kind, sealed_secret, created_at, updated_at) VALUES (1, 'token', 'x', ${at}, ${at})`,
  );
  await dataSource.query(
    `INSERT INTO github_integrations (team_id, credential_id, api_url, organization_id, organization_login, created_at, updated_at)
     VALUES (1, 1, 'https://api.github.com', ${organization}, 'acme', ${at}, ${at})`,
  );
}

async function insertMember(dataSource: DataSource, values: Record<string, string>): Promise<void> {
  const at = '2026-01-02 03:04:05.678';
  const row = { joined_at: at, updated_at: at, github_id: 1, integration_id: 1, present: 1 };
  const rest = { node_id: 'U_1', login: 'ada', login_key: 'ada', status: 'active' };
  const all = Object.entries({ ...row, ...rest, name: '', email: '', avatar_url: '', ...values });
  await dataSource.query(
    `INSERT INTO members (${all.map(([column]) => column).join(', ')}) VALUES (${all.map(() => '?').join(', ')})`,
    all.map(([, value]) => value),
  );
}

/** The last migration that was made before the rule. */
const BEFORE_THE_RULE = 1_795_420_800_177;

it('only add to the schema or `widen` it, so that the build before goes on with it', () => {
  const folder = join(import.meta.dirname, '..', '..', 'migrations');
  const later = readdirSync(folder).filter((name) => Number.parseInt(name, 10) > BEFORE_THE_RULE);
  const faults = later.filter((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    // Not the imports: `down` may drop what `up` adds.
    const up = /^ {2}async up[\s\S]*?(?=^ {2}async down)/m.exec(text)?.[0] ?? text;
    return /\bdrop(Column|Table)|\bDROP\b|\bRENAME\b|\bMODIFY\b|\bCHANGE\b/.test(up);
  });
  expect(faults).toEqual([]);
});
