/** The most characters logged of each part of an error. */
const MAX_TEXT_LENGTH = 2_000;

/**
 * The text to log for one error, without its causes: the message and the stack frames, each of at most 2,000
 * characters. Without the message where the error has a server's answer (`response`): that text may repeat the headers
 * of the request, and so a secret.
 */
export function errorText(error: Error, { frames } = { frames: true }): string {
  const { name, message, stack = '' } = error;
  const isAnswer = holdsAnswer(error);
  const at = stack.indexOf(message || '\n');
  const end = at < 0 ? 0 : at + message.length;
  const said = (frames && stack.slice(0, end)) || String(error);
  const head = shortened(isAnswer ? `${name}${statusOf(error)}` : said);
  // The stack does not contain a message that was changed later.
  return frames && !(isAnswer && at < 0) ? head + shortened(stack.slice(end)) : head;
}

const holdsAnswer = (error: Error): boolean =>
  'response' in error && typeof error.response === 'object' && error.response !== null;

const statusOf = (error: Error): string =>
  'status' in error && typeof error.status === 'number' ? ` with status ${error.status}` : '';

const shortened = (text: string): string =>
  text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH).toWellFormed()}…` : text;
