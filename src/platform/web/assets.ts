import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';
import { WORTH_COMPRESSING } from './compressed.js';
import { inPackage } from './package-root.js';

/** The encodings of assets, the smallest first. */
const ENCODINGS = ['br', 'gzip', 'identity'] as const;

interface Asset {
  /** The content in each encoding. */
  encoded: Partial<Record<(typeof ENCODINGS)[number], Buffer>>;
  type: string;
  /** Changes with the content. */
  version: string;
}

const { resolve } = createRequire(import.meta.url);

const FILES: Record<string, string> = {
  'app.css': inPackage('dist/assets/app.css'),
  'app.js': inPackage('views/assets/app.js'),
  'events.js': inPackage('views/assets/events.js'),
  'favicon.svg': inPackage('views/assets/favicon.svg'),
  'favicon-error.svg': inPackage('views/assets/favicon-error.svg'),
  'favicon-held.svg': inPackage('views/assets/favicon-held.svg'),
  'favicon-syncing.svg': inPackage('views/assets/favicon-syncing.svg'),
  'htmx.min.js': resolve('htmx.org/dist/htmx.min.js'),
  'hx-sse.min.js': resolve('htmx.org/dist/ext/hx-sse.min.js'),
};

/** The few files of pages, in memory, compressed once. URLs change with the content, so browsers may cache them. */
export class Assets {
  private readonly assets = new Map(
    Object.entries(FILES).map(([name, path]) => [name, load(path)]),
  );

  /** @throws Error for an asset that does not exist: a mistake in a view */
  address(name: string): string {
    const asset = this.assets.get(name);
    if (!asset) throw new Error(`There is no asset '${name}'.`);
    return `/assets/${name}?v=${asset.version}`;
  }

  /** For `/assets/:name`. */
  readonly serve: RequestHandler<{ name: string }> = (request, response, next) => {
    const asset = this.assets.get(request.params.name);
    if (!asset) return next();
    const { encoded, type, version } = asset;
    const isPinned = request.query.v === version;
    const offered = ENCODINGS.filter((encoding) => encoded[encoding]);
    const encoding = offered.find((one) => request.acceptsEncodings(one)) ?? 'identity';
    if (encoding !== 'identity') response.set('Content-Encoding', encoding);
    response
      .type(type)
      .vary('Accept-Encoding')
      // Weak: the same for all encodings.
      .set('ETag', `W/"${version}"`)
      .set('Cache-Control', isPinned ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(encoded[encoding]);
  };
}

function load(path: string): Asset {
  const content = read(path);
  const version = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const encoded = compressed.get(version) ?? encodings(content);
  compressed.set(version, encoded);
  return { encoded, type: extname(path), version };
}

/** By version: compressing takes 200 ms, and a process may start more than one application. */
const compressed = new Map<string, Asset['encoded']>();

const encodings = (content: Buffer): Asset['encoded'] =>
  content.length < WORTH_COMPRESSING
    ? { identity: content }
    : { identity: content, gzip: gzipSync(content), br: brotliCompressSync(content) };

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Error(`${path} cannot be read; \`npm run build\` makes it.`, { cause });
  }
}
