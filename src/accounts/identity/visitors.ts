import type { INestApplicationContext } from '@nestjs/common';
import type { Visitors } from '../../platform/web/configure-web.js';
import { sessions } from '../sessions/sessions.js';
import { Identities } from './identities.js';

/** Gives requests their session, and finds who makes them. */
export const visitors = (app: INestApplicationContext): Visitors => ({
  sessions: sessions(app),
  identify: (request) => app.get(Identities, { strict: false }).whenAsked(request.session),
});
