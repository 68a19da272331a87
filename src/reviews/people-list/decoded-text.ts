import { TextDecoder } from 'node:util';
import { listTooLarge, MAX_LIST_SIZE, wrongEncoding } from './people-list-problems.js';

/** Enough to know the encoding. */
const HEAD_BYTES = 4;

/**
 * The text of a file in UTF-8 or UTF-16, piece by piece, without its byte order mark.
 * @throws PublicError `people_list_encoding`, `people_list_too_large`
 */
export async function* decodedText(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = Buffer.alloc(0);
  for await (const piece of limited(bytes)) {
    head = Buffer.concat([head, piece]);
    if (!decoder && head.length < HEAD_BYTES) continue;
    decoder ??= decoderOf(head);
    yield decode(decoder, head);
    head = Buffer.alloc(0);
  }
  decoder ??= decoderOf(head);
  yield decode(decoder, head) + decode(decoder);
}

async function* limited(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > MAX_LIST_SIZE) throw listTooLarge();
    yield piece;
  }
}

/** UTF-16 without a byte order mark is known by the zero byte of its first letter. */
function decoderOf([first = 1, second = 1]: Buffer): TextDecoder {
  const [isLittle, isBig] = [first === 0xff && second === 0xfe, first === 0xfe && second === 0xff];
  if (isLittle || (second === 0 && first !== 0)) return strict('utf-16le');
  if (isBig || (first === 0 && second !== 0)) return strict('utf-16be');
  return strict('utf-8');
}

const strict = (encoding: string): TextDecoder => new TextDecoder(encoding, { fatal: true });

/** @param piece the last one where it is missing */
function decode(decoder: TextDecoder, piece?: Uint8Array): string {
  try {
    return decoder.decode(piece, { stream: piece !== undefined });
  } catch (error) {
    throw wrongEncoding(error);
  }
}
