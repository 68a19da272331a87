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
  const taken: Connection[] = [];
  // Somebody may connect again before the last one is taken.
  while ((await endOthers(root, taken)) > 0) taken.push(...(await openAll(url)));
  return async () => {
    await root.query(`SET GLOBAL max_connections = ${before?.most}`);
    await Promise.all(taken.map((connection) => connection.end()));
  };
}

/** @returns how many there were */
async function endOthers(root: Connection, taken: Connection[]): Promise<number> {
  const [sessions] = await root.query<Session[]>(
    'SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID()',
  );
  const own = new Set(taken.map(({ threadId }) => threadId));
  const others = sessions.map(({ id }) => Number(id)).filter((id) => !own.has(id));
  // One that has gone by itself meanwhile cannot be killed.
  await Promise.allSettled(others.map((id) => root.query(`KILL ${id}`)));
  return others.length;
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
