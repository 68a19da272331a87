import { createServer } from 'node:net';
import { onTestFinished } from 'vitest';

/** Something on this machine that nobody may reach; it counts who does. */
export async function listener() {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '::', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as { port: number };
  return { port, connections: () => connections };
}
