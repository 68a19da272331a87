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

/** The text in at most so many columns, with `…` where something is cut off. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    if (columnsOf(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Between two columns of a table. */
const GAP = '  ';

/** Narrower columns say nothing. */
const MIN_WIDTH = 6;

/** Widths that fit: the widest column is made narrower, again and again. */
function fitted(widths: number[], columns: number): number[] {
  const fit = [...widths];
  const total = () => fit.reduce((sum, width) => sum + width, GAP.length * (fit.length - 1));
  while (total() > columns) {
    const widest = Math.max(...fit);
    if (widest <= MIN_WIDTH) break;
    fit[fit.lastIndexOf(widest)] = widest - 1;
  }
  return fit;
}

type Row = readonly (string | number | null)[];

/**
 * The lines of a table with aligned columns, which fits the terminal. The rows are read twice, first to measure them, so that memory never holds
 * a whole large table.
 */
export async function* tableLines(
  header: readonly string[],
  rows: () => AsyncIterable<Row>,
  columns = terminalColumns(),
): AsyncGenerator<string> {
  const widths = header.map(columnsOf);
  for await (const row of rows())
    for (const [i, text] of texts(row).entries())
      widths[i] = Math.max(widths[i] ?? 0, columnsOf(text));
  const fit = fitted(widths, columns);
  yield line(header, fit);
  for await (const row of rows()) yield line(texts(row), fit);
}

/** A text in the column of a tree. */
export const inTree = (text: string, depth = 0): string => '  '.repeat(depth) + text;

const texts = (row: Row): string[] => row.map((value) => printable(String(value ?? '–')));

const line = (row: readonly string[], widths: number[]): string =>
  `${row
    .map((text, i) => padded(cut(text, widths[i] ?? 0), widths[i] ?? 0))
    .join(GAP)
    .trimEnd()}\n`;

const padded = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - columnsOf(text)));

/** A file and a pipe get whole texts. */
const terminalColumns = (): number =>
  (process.stdout.isTTY && process.stdout.columns) || Number.POSITIVE_INFINITY;
