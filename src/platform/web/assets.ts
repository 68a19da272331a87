import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname } from 'node:path';
import type { RequestHandler } from 'express';
import { inPackage } from './package-root.js';

interface Asset {
  content: Buffer;
  type: string;
  /** Changes with the content. */
  version: string;
}

const { resolve } = createRequire(import.meta.url);

const FILES: Record<string, string> = {
  'app.css': inPackage('dist/assets/app.css'),
  'app.js': inPackage('views/assets/app.js'),
  'favicon.svg': inPackage('views/assets/favicon.svg'),
  'htmx.min.js': resolve('htmx.org/dist/htmx.min.js'),
};

/** What pages load: few files, kept in memory. Addresses change with the content, so that browsers may keep them. */
export class Assets {
  private readonly assets = new Map(
    Object.entries(FILES).map(([name, path]) => [name, load(path)]),
  );

  /** @throws Error for an asset that there is not: a mistake in a view */
  address(name: string): string {
    const asset = this.assets.get(name);
    if (!asset) throw new Error(`There is no asset '${name}'.`);
    return `/assets/${name}?v=${asset.version}`;
  }

  /** For `/assets/:name`. */
  readonly serve: RequestHandler<{ name: string }> = (request, response, next) => {
    const asset = this.assets.get(request.params.name);
    if (!asset) return next();
    const isPinned = request.query.v === asset.version;
    response
      .type(asset.type)
      .set('Cache-Control', isPinned ? 'public, max-age=31536000, immutable' : 'no-cache')
      .send(asset.content);
  };
}

function load(path: string): Asset {
  const content = read(path);
  const version = createHash('sha256').update(content).digest('hex').slice(0, 16);
  return { content, type: extname(path), version };
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Error(`${path} cannot be read; \`npm run build\` makes it.`, { cause });
  }
}
