import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { StreamableFile } from '@nestjs/common';
import { csvDisposition } from '../../members/listing/members-csv.js';

/** Characters in one piece: each piece is compressed and awaited separately. */
const CHUNK_LENGTH = 16_384;

/**
 * A file that is created while it is sent, as fast as the client reads; it stops when the client disconnects.
 * @param asOf the past date or time in its name
 */
export const csvFile = (
  lines: AsyncIterable<string>,
  organizationLogin: string,
  asOf?: string,
): StreamableFile =>
  new StreamableFile(Readable.from(inPieces(lines)), {
    type: 'text/csv; charset=utf-8',
    disposition: csvDisposition(organizationLogin, asOf),
  });

/** The longest pause between two pieces, in ms. */
const PAUSE_MS = 100;

/** Sends the first line at once. After each piece it pauses for as long as the piece took, to let others work. */
async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let [piece, least, started] = ['', 1, performance.now()];
  for await (const line of lines) {
    piece += line;
    if (piece.length < least) continue;
    const took = performance.now() - started;
    yield piece;
    await delay(Math.min(took, PAUSE_MS));
    [piece, least, started] = ['', CHUNK_LENGTH, performance.now()];
  }
  if (piece) yield piece;
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
};

/** The same for any file. @param name without its ending; what is no letter, digit, dot or dash becomes a dash */
export const streamedFile = (
  texts: AsyncIterable<string>,
  { name, format }: { name: string; format: keyof typeof TYPES },
): StreamableFile =>
  new StreamableFile(Readable.from(inPieces(texts)), {
    type: TYPES[format],
    disposition: `attachment; filename="${name.replace(/[^\w.-]/g, '-')}.${format}"`,
  });
