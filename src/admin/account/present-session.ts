import type { Request } from 'express';
import type { PresentSession } from '../../accounts/sessions/user-sessions.js';

/** The session that makes a request to a page of somebody who is signed in. */
export function presentSession({ session }: Request): PresentSession {
  const { id: sessionId, userId } = session;
  if (userId === undefined) throw new Error('A page of an account was asked for without a user.');
  return { userId, sessionId };
}
