import { printable } from '../platform/process/printable.js';

/** Characters that take two columns (https://www.unicode.org/reports/tr11/, East Asian Width). */
const WIDE =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\ufe0f/u;
const HALF_WIDTH = /^[\uff61-\uffdc]/;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/gu;

const ONE_EACH = /^[ -~]*$/;

const graphemes = new Intl.Segmenter();

/** How many columns of a terminal a text takes. */
export function columnsOf(text: string): number {
  if (ONE_EACH.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) {
    const isWide = WIDE.test(segment) && !HALF_WIDTH.test(segment);
    columns += isWide ? 2 : [...segment.replace(NO_WIDTH, '')].length;
  }
  return columns;
}

type Row = readonly (string | number | null)[];

/**
 * The lines of a table with aligned columns. The rows are read twice, first to measure them, so that memory never holds
 * a whole large table.
 */
export async function* tableLines(
  header: readonly string[],
  rows: () => AsyncIterable<Row>,
): AsyncGenerator<string> {
  const widths = header.map(columnsOf);
  for await (const row of rows())
    for (const [i, text] of texts(row).entries())
      widths[i] = Math.max(widths[i] ?? 0, columnsOf(text));
  yield line(header, widths);
  for await (const row of rows()) yield line(texts(row), widths);
}

const texts = (row: Row): string[] => row.map((value) => printable(String(value ?? '–')));

const line = (row: readonly string[], widths: number[]): string =>
  `${row
    .map((text, i) => text + ' '.repeat(Math.max(0, (widths[i] ?? 0) - columnsOf(text))))
    .join('  ')
    .trimEnd()}\n`;
