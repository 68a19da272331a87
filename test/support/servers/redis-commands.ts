import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Signs in where the address says so, sends commands as one would type them, and returns Redis's raw answers, a line each.
 * @throws Error with Redis's answer when a command is refused.
 */
export async function redisCommands(url: string, ...commands: string[]): Promise<string[]> {
  const { hostname, port, pathname, username, password } = new URL(url);
  const login = password ? [`AUTH ${username || 'default'} ${password}`] : [];
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  const all = [...login, `SELECT ${pathname.slice(1) || 0}`, ...commands, 'QUIT'];
  socket.write(`${all.join('\r\n')}\r\n`);
  const answers = (await text(socket))
    .trimEnd()
    .split('\r\n')
    .slice(login.length + 1, -1);
  const refused = answers.find((answer) => answer.startsWith('-'));
  if (refused) throw new Error(`Redis: ${refused}`);
  return answers;
}
