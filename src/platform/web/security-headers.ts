import type { RequestHandler } from 'express';
import helmet from 'helmet';

const SELF = ["'self'"];

/** Nothing inline and nothing from elsewhere but GitHub's avatars. */
const POLICY = {
  defaultSrc: SELF,
  baseUri: SELF,
  connectSrc: SELF,
  fontSrc: SELF,
  formAction: SELF,
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", 'https://avatars.githubusercontent.com', 'data:'],
  objectSrc: ["'none'"],
  scriptSrc: SELF,
  scriptSrcAttr: ["'none'"],
  styleSrc: SELF,
};

/** Security headers for every answer. Swagger UI writes its styles into its page, and has a policy of its own. */
export function securityHeaders({ https }: { https: boolean }): RequestHandler {
  const strict = policy(POLICY, https);
  const docs = policy({ ...POLICY, styleSrc: ["'self'", "'unsafe-inline'"] }, https);
  return (request, response, next) =>
    (/^\/docs(\/|$)/.test(request.path) ? docs : strict)(request, response, next);
}

const policy = (directives: Record<string, string[]>, https: boolean) =>
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: https,
    referrerPolicy: { policy: 'same-origin' },
  });
