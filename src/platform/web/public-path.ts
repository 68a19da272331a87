import { ServerResponse } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { ConfigError } from '../../config/config-error.js';
import { routesOf } from './routes.js';

/** The headers of an answer that contain a URL. */
const HOLD_AN_ADDRESS = new Set([
  'location',
  'hx-redirect',
  'hx-location',
  'hx-push-url',
  'hx-replace-url',
]);

/**
 * Serves everything under the path of `PUBLIC_URL`. Routes and code use paths without it: this removes it from requests
 * and adds it to the headers of answers. Views begin URLs with `{{base}}`, and cookies are `OwnCookie`s.
 */
export function servePublicPath(app: NestExpressApplication, path: string): void {
  if (!path) return;
  app.use((request: Request, _: unknown, next: () => void) => {
    // Some proxies forward the path, others remove it.
    request.url = withoutPath(path, request.url);
    // The browser's URL: express-session compares the cookie's path with it.
    request.originalUrl = path + request.url;
    next();
  });
  app.getHttpAdapter().getInstance().response.setHeader = headerSetter(path);
}

/** Replaces `response.setHeader`, with which Express, Nest and Node set every header. */
function headerSetter(path: string): Response['setHeader'] {
  const { setHeader } = ServerResponse.prototype;
  return function (this: Response, name, value) {
    const isAddress = typeof value === 'string' && HOLD_AN_ADDRESS.has(name.toLowerCase());
    setHeader.call(this, name, isAddress ? withPath(path, value) : value);
    return this;
  };
}

/** Whether a URL without an origin is the path, or is under it. */
export const isUnder = (path: string, address: string): boolean =>
  address.startsWith(path) && /^([/?#]|$)/.test(address.slice(path.length));

function withoutPath(path: string, address: string): string {
  if (!isUnder(path, address)) return address;
  const rest = address.slice(path.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Does not change URLs that have the path already, or that lead to another site. */
const withPath = (path: string, address: string): string =>
  /^\/(?!\/)/.test(address) && !isUnder(path, address) ? path + address : address;

/**
 * Call it after the application has its routes.
 * @throws ConfigError for a path that is also the start of a route: requests would be ambiguous
 */
export function refuseOwnRoutes(app: NestExpressApplication, path: string): void {
  if (!path) return;
  const routes = routesOf(app.getHttpAdapter().getInstance());
  if (!routes.some(({ route }) => isUnder(path, String(route.path)))) return;
  const problem = `has the path ${path}, which Rollcall itself uses; choose another, such as /rollcall`;
  throw new ConfigError('PUBLIC_URL', problem);
}
