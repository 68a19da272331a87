import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Allows nothing inline, and from other sites only GitHub's avatars. */
const POLICY = {
  defaultSrc: ["'self'"],
  imgSrc: ["'self'", 'https://avatars.githubusercontent.com', 'data:'],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  objectSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** Swagger UI writes styles into its page. */
const DOCS_POLICY = { ...POLICY, styleSrc: ["'self'", "'unsafe-inline'"] };

/** No page of Rollcall uses any of these. */
const PERMISSIONS = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'usb',
];

/** Security headers. They are the same for each response, so they are computed once. */
export function securityHeaders(isHttps: boolean): RequestHandler {
  const pages = headers(POLICY, isHttps);
  const docs = headers(DOCS_POLICY, isHttps);
  return (request, response, next) => {
    response.setHeaders(/^\/docs(\/|$)/i.test(request.path) ? docs : pages);
    next();
  };
}

function headers(directives: typeof POLICY, isHttps: boolean): Map<string, string> {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const protect = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    // The same as `frame-ancestors`, for old browsers.
    xFrameOptions: { action: 'deny' },
    // Not helmet's 'no-referrer': with that, browsers send `Origin: null` with our own forms (Fetch, "append a request
    // `Origin` header"), and we would refuse them as another site's.
    referrerPolicy: { policy: 'same-origin' },
  });
  protect(response.req, response, () => undefined);
  response.setHeader('Permissions-Policy', PERMISSIONS.map((name) => `${name}=()`).join(', '));
  return new Map(Object.entries(response.getHeaders() as Record<string, string>));
}
