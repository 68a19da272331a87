import type { Request } from 'express';
import type { Config } from '../../config/config.js';
import { PublicError } from '../../platform/public-error.js';

/**
 * Why this request cannot sign in: PUBLIC_URL is https, so cookies are Secure, but the request came without https as
 * far as Rollcall can see. Undefined where https is not missing.
 */
export function httpsMissing(
  request: Request,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): PublicError | undefined {
  if (!publicUrl?.startsWith('https:') || request.secure) return undefined;
  return new PublicError(
    400,
    'https_required',
    'Sign-in needs https: PUBLIC_URL is https, but this request used http.',
    remedyFor(request.headers['x-forwarded-proto']),
  );
}

function remedyFor(forwarded: string | string[] | undefined): string {
  if (forwarded === undefined)
    return 'Open the https address. The proxy there must send `X-Forwarded-Proto: https`.';
  if (/^\s*https\b/i.test(String(forwarded)))
    return 'Rollcall does not trust the proxy that sent `X-Forwarded-Proto`. Add its address to TRUSTED_PROXIES. The log shows the address.';
  return 'Open the https address instead of the http address.';
}
