import type { Request } from 'express';
import { isOwnAddress } from '../../accounts/identity/own-address.js';
import type { Config } from '../../config/config.js';
import { isUnder } from '../../platform/web/public-path.js';
import { ownPath } from './own-path.js';

/** The page of Rollcall from which a request came; undefined where it came from elsewhere. */
export function cameFrom(
  request: Request,
  config: Pick<Config, 'publicOrigin' | 'publicPath'>,
): string | undefined {
  const { referer = '' } = request.headers;
  if (!isOwnAddress(referer, request, config)) return undefined;
  const { pathname, search } = new URL(referer);
  // Other applications may use another path of the same site.
  if (!isUnder(config.publicPath, pathname)) return undefined;
  return ownPath(`${pathname}${search}`);
}
