/** Control characters that JSON does not escape, but that control a terminal. */
const DRIVES_TERMINALS = /[\u007f-\u009f]/g;

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A value as one line of JSON, which is safe on a terminal. */
export const json = (value: unknown): string =>
  `${JSON.stringify(value).replace(DRIVES_TERMINALS, escaped)}\n`;

/** An array, element by element, so that memory never holds a whole large one. */
export async function* jsonArray(values: AsyncIterable<unknown>): AsyncGenerator<string> {
  let before = '[\n';
  for await (const value of values) {
    yield before + json(value).trimEnd();
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}
