import mysql from 'mysql2';
import { measured, secondsSince } from '../observability/observers.js';

/**
 * The session of each connection, independent of the server's defaults. The client escapes values with backslashes, so
 * a server's NO_BACKSLASH_ESCAPES would allow SQL injection; ANSI_QUOTES and similar modes change the meaning of
 * statements. A `sql_select_limit` would cut lists off. One statement, so that a new connection costs one round trip:
 * MariaDB and MySQL name the isolation differently, and each executes only its own comment.
 */
const SESSION = [
  'SET NAMES utf8mb4 COLLATE utf8mb4_bin',
  "@@session.sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'",
  "@@session.time_zone = '+00:00'",
  '@@session.autocommit = 1',
  '@@session.foreign_key_checks = 1',
  '@@session.unique_checks = 1',
  '@@session.sql_auto_is_null = 0',
  '@@session.sql_safe_updates = 0',
  '@@session.sql_select_limit = 18446744073709551615',
  "/*M! @@session.tx_isolation = 'READ-COMMITTED' *//*!80000 @@session.transaction_isolation = 'READ-COMMITTED' */",
].join(', ');

type WhenConnected = Parameters<mysql.Pool['getConnection']>[0];

/** MySQL's driver for TypeORM; it sets the session of each connection before use. */
export const mysqlDriver = {
  createPool: (options: mysql.PoolOptions): mysql.Pool => {
    const pool = mysql.createPool(options);
    const getConnection = pool.getConnection.bind(pool);
    const isSet = new WeakSet<mysql.PoolConnection>();
    pool.getConnection = (done: WhenConnected) => {
      const since = performance.now();
      getConnection((error, connection) => {
        measured('mysql_wait', secondsSince(since));
        if (error || isSet.has(connection)) return done(error, connection);
        setSession(connection, (refusal) => {
          if (!refusal) isSet.add(connection);
          done(refusal, connection);
        });
      });
    };
    return pool;
  },
};

/** A connection whose session cannot be set is not used. */
function setSession(
  connection: mysql.PoolConnection,
  done: (error: mysql.QueryError | null) => void,
): void {
  connection.query(SESSION, (error) => {
    if (error) connection.destroy();
    done(error);
  });
}
