import type { Request } from 'express';

/** Whoever knows the code of an invitation or of a sign-in link can use it; a webhook's key keeps strangers away. */
const SECRET_PART = /^(\/(?:invitations|sign-in\/link|webhooks\/github)\/).+/i;

/** The path of a request for the log, without a secret. */
export const loggedPath = ({ path }: Pick<Request, 'path'>): string =>
  path.replace(SECRET_PART, '$1…');
