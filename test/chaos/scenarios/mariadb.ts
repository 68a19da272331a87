import type { Connection, RowDataPacket } from 'mysql2/promise';
import { PROFILES } from '../../../src/simulator/faults.js';
import { withConnection } from '../../support/servers/mysql-database.js';
import { until } from '../../support/until.js';
import type { Arena } from '../support/arena.js';
import { takeConnections } from '../support/connections.js';
import type { Scenario } from '../support/scenario.js';
import { someMoment } from './killed.js';

interface Status extends RowDataPacket {
  Status: string;
}

/** The last answer before a page of the list is written. */

export const mariadbRestarted: Scenario = {
  name: 'MariaDB restarted, or killed, during a run',
  way: 'scaled',
  rounds: 2,
  ends: ['complete', 'error'],
  play: async (arena, random) => {
    const { mariadb } = arena.servers;
    const url = await (await arena.fleet.one('web')).ready;
    await arena.fleet.one('worker');
    const moment = someMoment(arena, random);
    await arena.click(url);
    await moment;
    if (random.chance(0.5)) await mariadb.kill();
    await mariadb.restart();
    await answers(arena);
    await arena.click(url);
  },
};

/** The test's transaction is the heavier one, so that InnoDB chooses the worker's as the victim. */
export const deadlock: Scenario = {
  name: 'a deadlock with the worker as its victim',
  way: 'scaled',
  rounds: 1,
  play: async (arena) => {
    await arena.fleet.one('worker');
    const held = arena.github.simulator.faults.on(PROFILES).hold();
    const id = await arena.ask();
    await held.arrived;
    await asRoot(arena, async (root) => {
      await root.query('CREATE TABLE IF NOT EXISTS ballast (n INT)');
      await root.beginTransaction();
      await root.query('INSERT INTO ballast SELECT seq FROM seq_1_to_50000');
      await root.query('SELECT id FROM member_sync_runs WHERE id = ? FOR UPDATE', [id]);
      held.release();
      await until(() => waitsWithWork(root));
      await root.query('UPDATE member_list_pages SET etag = NULL WHERE integration_id = ?', [
        arena.integrationId,
      ]);
      await root.rollback();
    });
    await arena.finished(id);
  },
};

export const tooManyConnections: Scenario = {
  name: 'MariaDB out of connections during a run and at a click',
  way: 'scaled',
  rounds: 1,
  ends: ['complete', 'error'],
  play: async (arena) => {
    const url = await (await arena.fleet.one('web')).ready;
    const worker = await arena.fleet.one('worker');
    const held = arena.github.simulator.faults.on(PROFILES).hold();
    const id = await arena.click(url);
    await held.arrived;
    await asRoot(arena, async (root) => {
      const giveBack = await takeConnections(root, arena.env.DATABASE_URL ?? '');
      held.release();
      await worker.waitForLine(
        new RegExp(`Run ${id} (could not save its progress|is left to another worker)`),
      );
      const answer = await arena.request(url, 'GET', 'integrations');
      await answer.text();
      await giveBack();
    });
    await answers(arena);
  },
};

const asRoot = <T>({ servers, env }: Arena, work: (root: Connection) => Promise<T>): Promise<T> =>
  withConnection(servers.mariadb.url + new URL(env.DATABASE_URL ?? '').pathname, work);

/** Ours has its connections to lose too. */
async function answers({ service }: Arena): Promise<void> {
  await until(() =>
    service.dataSource.query('SELECT 1').then(
      () => true,
      () => false,
    ),
  );
}

/** Whether a transaction that has changed something waits for a lock; `innodb_trx` is not renewed for whoever looks often. */
async function waitsWithWork(root: Connection): Promise<boolean> {
  const [rows] = await root.query<Status[]>('SHOW ENGINE INNODB STATUS');
  return /^LOCK WAIT .*undo log entries/m.test(rows[0]?.Status ?? '');
}
