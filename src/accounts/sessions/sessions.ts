import type { INestApplicationContext } from '@nestjs/common';
import type { Request, RequestHandler } from 'express';
import session from 'express-session';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { Secrets } from '../../platform/secrets/secrets.js';
import { OwnCookie } from '../../platform/web/own-cookie.js';
import { deviceOf } from './device.js';
import { SessionStore } from './session-store.js';

/** Holds the id of the session, signed. */
export const sessionCookie = (config: Pick<Config, 'publicUrl'>) =>
  new OwnCookie('rollcall_session', config);

/** In ms. An unused session ends much earlier. The cookie is long-lived because it is not sent again with each answer. */
const COOKIE_LIFE_MS = 365 * 24 * 3_600_000;

/** The middleware that loads the session of a page request. The API, its documentation, health and metrics have none. */
export function sessions(app: INestApplicationContext): RequestHandler {
  const { name, attributes } = sessionCookie(app.get<Config>(CONFIG));
  const handle = session({
    name,
    secret: app
      .get(Secrets)
      .keys('sessions')
      .map((key) => key.toString('base64')),
    store: app.get(SessionStore, { strict: false }),
    resave: false,
    saveUninitialized: false,
    cookie: { ...attributes, maxAge: COOKIE_LIFE_MS },
  });
  const without = /^\/(api|assets|docs|health|metrics)(\/|$)/i;
  return (request, response, next) =>
    without.test(request.path) ? next() : handle(request, response, next);
}

/** A new session with a new id, against session fixation. */
export function renewSession(request: Request, userId: number): Promise<void> {
  return settled((done) =>
    request.session.regenerate((error) => {
      if (error) return done(error);
      request.session.userId = userId;
      request.session.device = deviceOf(request.get('user-agent'));
      request.session.save(done);
    }),
  );
}

export const endSession = (request: Request): Promise<void> =>
  settled((done) => request.session.destroy(done));

/** Waits until the session is stored, so that the request after a redirect finds it. */
export const saveSession = (request: Request): Promise<void> =>
  settled((done) => request.session.save(done));

/** Loads what another request of the same session has saved meanwhile. */
export const reloadSession = (request: Request): Promise<void> =>
  settled((done) => request.session.reload(done));

const settled = (act: (done: (error?: unknown) => void) => void): Promise<void> =>
  new Promise((resolve, reject) => act((error) => (error ? reject(error) : resolve())));
