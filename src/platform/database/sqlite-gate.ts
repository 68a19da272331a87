import { AsyncLocalStorage } from 'node:async_hooks';
import { type DataSource, QueryFailedError, type QueryRunner } from 'typeorm';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import { QueryResult } from 'typeorm/query-runner/QueryResult.js';
import { measured, secondsSince } from '../observability/observers.js';
import type { SqliteConnection } from './sqlite-connection.js';

type Leave = () => void;
type QueryAnswer = ReturnType<BetterSqlite3QueryRunner['query']>;

/** Set within a transaction's work: a statement outside the transaction would wait for it for ever there. */
const withinTransaction = new AsyncLocalStorage<{ isAtWork: boolean }>();

let atWork = 0;

/** Marks the work as part of a transaction while it runs. */
export const marked =
  <A extends unknown[], T>(work: (...args: A) => Promise<T>) =>
  async (...args: A): Promise<T> => {
    const mark = { isAtWork: true };
    atWork++;
    try {
      return await withinTransaction.run(mark, () => work(...args));
    } finally {
      mark.isAtWork = false;
      // Node up to 22 tracks every promise while a store is set, which takes a tenth of a page's time.
      if (--atWork === 0) withinTransaction.disable();
    }
  };

/**
 * Admits one transaction, or any statements outside of one, at a time, in order of arrival. Statements need not wait for
 * each other: the connection runs them one after the other.
 */
class Gate {
  /** When the last transaction ends. */
  private transaction: Promise<void> = Promise.resolve();
  /** When the statements that came after it end. */
  private statements: Promise<unknown> = Promise.resolve();

  /** For a transaction: alone. */
  async enter(): Promise<Leave> {
    const { ended, leave } = this.stay();
    const before = Promise.all([this.transaction, this.statements]);
    this.transaction = ended;
    this.statements = Promise.resolve();
    return this.admit(before, leave);
  }

  /** For a statement outside of any transaction. */
  async pass(): Promise<Leave> {
    const { ended, leave } = this.stay();
    this.statements = Promise.all([this.statements, ended]);
    return this.admit(this.transaction, leave);
  }

  private async admit(before: Promise<unknown>, leave: Leave): Promise<Leave> {
    const since = performance.now();
    await before;
    measured('sqlite_wait', secondsSince(since));
    return leave;
  }

  private stay(): { ended: Promise<void>; leave: Leave } {
    if (withinTransaction.getStore()?.isAtWork)
      throw new Error("Within a transaction, use only the transaction's manager.");
    let leave: Leave = () => undefined;
    const ended = new Promise<void>((resolve) => {
      leave = resolve;
    });
    return { ended, leave };
  }
}

/**
 * A query runner for each caller, over SQLite's one connection.
 *
 * TypeORM itself gives all callers one runner, so a statement from elsewhere would join the open transaction and be
 * rolled back with it. Transactions begin IMMEDIATE because a deferred one that reads before it writes fails at once
 * when another process wrote meanwhile, with any busy time-out (https://sqlite.org/isolation.html).
 */
class GatedQueryRunner extends BetterSqlite3QueryRunner {
  protected readonly begin: string = 'BEGIN IMMEDIATE';
  private leave: Leave | undefined;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly gate: Gate,
  ) {
    super(driver);
  }

  override async startTransaction(): Promise<void> {
    if (this.isTransactionActive) return super.startTransaction();
    this.leave = await this.gate.enter();
    try {
      await super.startTransaction();
    } catch (error) {
      this.isTransactionActive = false;
      this.open();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (!this.isTransactionActive) this.open();
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction();
    } finally {
      if (this.transactionDepth <= 1) this.open();
    }
  }

  override async query(sql: string, values: unknown[] = [], structured = false): QueryAnswer {
    const statement = sql === 'BEGIN TRANSACTION' ? this.begin : sql;
    const leave = this.leave ? undefined : await this.gate.pass();
    try {
      const result = await this.execute(statement, values.map(asBound));
      return structured ? result : result.raw;
    } finally {
      leave?.();
    }
  }

  /** TypeORM's own method runs SQLite in the main thread. */
  private async execute(sql: string, values: unknown[]): Promise<QueryResult> {
    const { logger } = this.driver.dataSource;
    logger.logQuery(sql, values, this);
    try {
      const connection: SqliteConnection = await this.connect();
      return resultOf(await connection.execute(sql, values));
    } catch (error) {
      logger.logQueryError(error as Error, sql, values, this);
      throw new QueryFailedError(sql, values, error as Error);
    }
  }

  private open(): void {
    this.leave?.();
    this.leave = undefined;
  }
}

/** Reads what was committed when its transaction began, over a second connection. It never waits for or delays writes. */
class SnapshotQueryRunner extends GatedQueryRunner {
  protected override readonly begin = 'BEGIN';

  constructor(
    driver: BetterSqlite3Driver,
    gate: Gate,
    private readonly reader: () => Promise<SqliteConnection>,
  ) {
    super(driver, gate);
  }

  override connect(): Promise<SqliteConnection> {
    return this.reader();
  }
}

const snapshotRunners = new WeakMap<DataSource, () => QueryRunner>();

/** A query runner for transactions that only read. @throws Error for a data source without `isolateTransactions` */
export function snapshotRunner(dataSource: DataSource): QueryRunner {
  const create = snapshotRunners.get(dataSource);
  if (!create) throw new Error('This data source has no second connection.');
  const runner = create();
  // TypeORM sets the manager of its own runners in the same way.
  return Object.assign(runner, { manager: dataSource.createEntityManager(runner) });
}

/**
 * Makes a SQLite data source isolate its transactions. Call it before the first statement.
 * @param openReader opens a second connection, when the first snapshot is read
 */
export function isolateTransactions(
  dataSource: DataSource,
  openReader: () => Promise<SqliteConnection>,
): void {
  const driver = dataSource.driver as BetterSqlite3Driver;
  const [gate, snapshots] = [new Gate(), new Gate()];
  let opened: Promise<SqliteConnection> | undefined;
  const reader = () => {
    opened ??= openReader().catch((error: unknown) => {
      // The next snapshot tries again.
      opened = undefined;
      throw error;
    });
    return opened;
  };
  driver.createQueryRunner = (): QueryRunner => new GatedQueryRunner(driver, gate);
  snapshotRunners.set(dataSource, () => new SnapshotQueryRunner(driver, snapshots, reader));
  driver.disconnect = async () => {
    // The caller that asked for the second connection gets the error.
    const second = await opened?.catch(() => undefined);
    opened = undefined;
    await second?.close();
    await driver.databaseConnection.close();
  };
}

/** SQLite has no booleans. */
const asBound = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : value);

function resultOf(outcome: Awaited<ReturnType<SqliteConnection['execute']>>): QueryResult {
  if ('rows' in outcome)
    return Object.assign(new QueryResult(), { raw: outcome.rows, records: outcome.rows });
  const { changes, lastInsertRowid } = outcome;
  return Object.assign(new QueryResult(), { raw: lastInsertRowid, affected: changes });
}
