import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import { packageRoot } from './package-root.js';

const YEAR = 31_536_000;

const files = {
  'app.css': { path: join(packageRoot, 'dist/assets/app.css'), type: 'text/css; charset=utf-8' },
  'htmx.min.js': {
    path: createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'),
    type: 'text/javascript; charset=utf-8',
  },
  'icon.svg': { path: join(packageRoot, 'views/assets/icon.svg'), type: 'image/svg+xml' },
} as const;

type Name = keyof typeof files;

/** Serves what pages load, from this machine alone. Addresses carry the content's hash, so a browser may keep them. */
export function serveAssets(app: NestExpressApplication): { address: (name: string) => string } {
  const loaded = new Map(
    Object.entries(files).map(([name, { path, type }]) => [name, load(path, type)]),
  );
  const serve: RequestHandler<{ name: string }> = ({ params, query }, response, next) => {
    const asset = loaded.get(params.name);
    if (!asset) return next();
    const cache = query.v === asset.hash ? `public, max-age=${YEAR}, immutable` : 'no-cache';
    response.set({ 'Content-Type': asset.type, 'Cache-Control': cache, ETag: `"${asset.hash}"` });
    response.send(asset.content);
  };
  app.getHttpAdapter().getInstance().get('/assets/:name', serve);
  return { address: (name) => `/assets/${name}?v=${loaded.get(name as Name)?.hash}` };
}

function load(path: string, type: string) {
  const content = readFileSync(path);
  return { content, type, hash: createHash('sha256').update(content).digest('hex').slice(0, 16) };
}
