import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';

/** The routes that read their body themselves, piece by piece, with a limit of their own. */
const LARGE_BODIES = /^\/api\/v1\/people-list\/?$/i;

/** Whether the common parser reads the body: JSON, on a route that does not read it itself. */
export const isSmallJson = (message: IncomingMessage): boolean => {
  const request = message as Request;
  return !LARGE_BODIES.test(request.path) && Boolean(request.is('application/json'));
};
