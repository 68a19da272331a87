import { ApplicationConfig } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler } from 'express';
import type { Config } from '../../config/config.js';
import { Assets } from './assets.js';
import { compressed } from './compressed.js';
import { isSmallJson } from './large-bodies.js';
import { servePublicPath } from './public-path.js';
import { requestLog } from './request-log.js';
import { securityHeaders } from './security-headers.js';
import { Validation } from './validation.js';
import { useViews } from './views.js';
import { WebExceptionFilter } from './web-exception.filter.js';

/** The functions that identify visitors of pages. */
export interface Visitors {
  sessions: RequestHandler;
  /** The identity that pages show; null for somebody who is not signed in. */
  identify: (request: Request) => object | null;
}

/**
 * The handlers of requests whose signature says who sends them, by their paths. They read the body themselves, byte by
 * byte, and answer every request.
 */
export type SignedRoutes = Record<string, RequestHandler>;

/**
 * Sets up pages, assets, headers, sessions, bodies and errors. Call it before any other middleware, and before the
 * application listens.
 * @throws Error for an asset that was not built
 */
export function configureWeb(
  app: NestExpressApplication,
  { publicUrl, publicPath, trustedProxies }: Config,
  visitors?: Visitors,
  signedRoutes: SignedRoutes = {},
): void {
  const isHttps = publicUrl?.startsWith('https:') ?? false;
  const assets = new Assets();
  app.set('trust proxy', trustedProxies);
  app.disable('x-powered-by');
  tagNoPages(app);
  app.use(requestLog);
  servePublicPath(app, publicPath);
  // Before everything that only pages and the API need: such requests come in thousands.
  for (const [path, handle] of Object.entries(signedRoutes))
    app.getHttpAdapter().getInstance().post(path, handle);
  app.use(securityHeaders(isHttps), unstored, compressed());
  app.getHttpAdapter().getInstance().get('/assets/:name', assets.serve);
  // Before the body parsers: the sender is known even where a body cannot be read.
  if (visitors) app.use(visitors.sessions);
  app.useBodyParser('json', { limit: '100kb', type: isSmallJson });
  app.useBodyParser('urlencoded', { limit: '100kb', extended: false });
  useViews(app, assets, publicPath);
  app.useGlobalPipes(new Validation());
  // Nest tries the last filter first, and this one catches everything.
  app.get(ApplicationConfig).getGlobalFilters().unshift(new WebExceptionFilter(visitors?.identify));
}

/** Pages have no ETag: browsers do not revalidate them, and it would cost a tenth of the response time. */
function tagNoPages(app: NestExpressApplication): void {
  const tag: (body: Buffer, encoding?: string) => string = app
    .getHttpAdapter()
    .getInstance()
    .get('etag fn');
  const isPage = (body: Buffer) => body[0] === '<'.charCodeAt(0);
  app.set('etag', (body: Buffer, encoding?: string) =>
    isPage(body) ? undefined : tag(body, encoding),
  );
}

/** Team data is not cached. A handler that serves something else overrides this. */
const unstored: RequestHandler = (_, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};
