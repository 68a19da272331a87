import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { StreamableFile } from '@nestjs/common';
import { csvDisposition } from '../../members/listing/members-csv.js';

/** Characters that are written at once: each piece is compressed and waited for by itself. */
const CHUNK_LENGTH = 16_384;

/** A file that is made while it is sent, as fast as the client takes it, and no further once the client has left. */
export const csvFile = (lines: AsyncIterable<string>, organizationLogin: string): StreamableFile =>
  new StreamableFile(Readable.from(inPieces(lines)), {
    type: 'text/csv; charset=utf-8',
    disposition: csvDisposition(organizationLogin),
  });

/** The longest pause between two pieces, in ms. */
const PAUSE_MS = 100;

/** The first line goes out at once. Between pieces the process is left to others for as long as a piece took. */
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
