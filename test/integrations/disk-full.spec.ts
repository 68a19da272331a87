import type { DataSource } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { connect, reload, syncToEnd } from '../support/runs.js';
import { startGithub, ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';

/** Lets the database have no room for members, and returns what gives it room again. */
const FILL = {
  sqlite: async (dataSource: DataSource) => {
    const [{ page_count: pages }] = await dataSource.query('PRAGMA page_count');
    await dataSource.query(`PRAGMA max_page_count = ${pages + 5}`);
    return () => dataSource.query('PRAGMA max_page_count = 1073741823');
  },
  mysql: async (dataSource: DataSource) => {
    await dataSource.query(
      `CREATE TRIGGER full_members BEFORE INSERT ON members FOR EACH ROW
       SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114, MESSAGE_TEXT = 'The table is full'`,
    );
    return () => dataSource.query('DROP TRIGGER full_members');
  },
};

describe.each(ways)('a full disk, $way', ({ dialect, bull }) => {
  it('ends a run as disk_full, on pages too, and the next run is complete', async () => {
    const { simulator, token } = await startGithub({ members: 1_000 });
    const env = { GITHUB_API_URL: simulator.url };
    const service = await startWeb({ dialect, bull, env });
    const admin = await signedIn(service);
    const { id } = await connect(service, token);
    const makeRoom = await FILL[dialect](service.dataSource);
    const run = await syncToEnd(service, id);
    expect(run).toMatchObject({ state: 'error', errorCode: 'disk_full' });
    expect((await reload(service, id)).memberSyncError).toContain('Free space');
    const page = await admin.get(`/integrations/github/${id}/runs/${run.id}`);
    expect(page.text).toContain('The database disk is full.');
    await makeRoom();
    expect(await syncToEnd(service, id)).toMatchObject({
      state: 'complete',
      result: { total: 1_000 },
    });
  });
});
