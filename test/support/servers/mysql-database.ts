import { randomUUID } from 'node:crypto';
import { type Connection, createConnection } from 'mysql2/promise';

const user = 'rollcall';
const password = 'rollcall';

/** Makes an empty database with the server's defaults, and returns its owner's address. */
export async function createDatabase(rootUrl: string, name = freshName()): Promise<string> {
  await withConnection(rootUrl, async (root) => {
    await root.query(`CREATE DATABASE \`${name}\``);
    await root.query(`CREATE USER IF NOT EXISTS '${user}'@'127.0.0.1' IDENTIFIED BY '${password}'`);
    await root.query(`GRANT ALL ON \`${name}\`.* TO '${user}'@'127.0.0.1'`);
  });
  return `mysql://${user}:${password}@${new URL(rootUrl).host}/${name}`;
}

export async function dropDatabase(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await withConnection(url, (owner) => owner.query(`DROP DATABASE IF EXISTS \`${name}\``));
}

/** Opens a connection for as long as `work` takes. */
export async function withConnection<T>(
  url: string,
  work: (connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await createConnection(url);
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

const freshName = () => `rollcall_${randomUUID().replaceAll('-', '')}`;
