import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Sends commands as one would type them, and returns Redis's raw answers, a line each.
 * @throws Error with Redis's answer when a command is refused.
 */
export async function redisCommands(url: string, ...commands: string[]): Promise<string[]> {
  const { hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(`SELECT ${pathname.slice(1) || 0}\r\n${commands.join('\r\n')}\r\nQUIT\r\n`);
  const answers = (await text(socket)).trimEnd().split('\r\n').slice(1, -1);
  const refused = answers.find((answer) => answer.startsWith('-'));
  if (refused) throw new Error(`Redis: ${refused}`);
  return answers;
}
