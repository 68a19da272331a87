import { CommandError } from '../platform/process/command-error.js';
import { printError } from '../platform/process/output.js';

/** The longest token or password, in characters. */
const MAX_LENGTH = 10_000;

/** A secret from stdin, without a line end after it. @throws CommandError */
export async function readSecret(what: string): Promise<string> {
  if (process.stdin.isTTY) printError(`Type the ${what}, then Enter and Ctrl-D.`);
  process.stdin.setEncoding('utf8');
  let text = '';
  for await (const chunk of process.stdin) {
    text += chunk;
    if (text.length > MAX_LENGTH)
      throw new CommandError(`The text on stdin is too long for a ${what}.`);
  }
  const secret = text.replace(/\r?\n$/, '');
  if (!secret.trim())
    throw new CommandError(`stdin has no ${what}. Pipe it in, for example \`… < FILE\`.`);
  if (/\p{Cc}/u.test(secret))
    throw new CommandError(`The text on stdin is not a ${what}. Pipe in exactly one line.`);
  return secret;
}
