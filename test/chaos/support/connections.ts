import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';

interface Count extends RowDataPacket {
  most: number;
}

interface Session extends RowDataPacket {
  id: number;
}

/** The fewest that MariaDB can be told to allow; one more is kept for root. */
const FEWEST = 10;

/** Takes every connection of the server from whoever has them; returns what gives them back. */
export async function takeConnections(root: Connection, url: string): Promise<() => Promise<void>> {
  const [[before]] = await root.query<Count[]>('SELECT @@max_connections AS most');
  await root.query(`SET GLOBAL max_connections = ${FEWEST}`);
  await endOthers(root);
  const taken = await openAll(url);
  return async () => {
    await root.query(`SET GLOBAL max_connections = ${before?.most}`);
    await Promise.all(taken.map((connection) => connection.end()));
  };
}

async function endOthers(root: Connection): Promise<void> {
  const [sessions] = await root.query<Session[]>(
    'SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID()',
  );
  // One that has gone by itself meanwhile cannot be killed.
  await Promise.allSettled(sessions.map(({ id }) => root.query(`KILL ${Number(id)}`)));
}

async function openAll(url: string): Promise<Connection[]> {
  const open: Connection[] = [];
  for (;;) {
    try {
      open.push(await createConnection(url));
    } catch (error) {
      if ((error as { code?: string }).code !== 'ER_CON_COUNT_ERROR') throw error;
      return open;
    }
  }
}
