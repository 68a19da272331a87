import type { Request, Response } from 'express';
import type { Config } from '../../config/config.js';
import { parseUrl } from '../../config/parse-url.js';
import { pathOf } from '../../config/public-path.js';

interface Attributes {
  path: string;
  secure: boolean;
  httpOnly: true;
  sameSite: 'lax';
}

/**
 * A cookie of Rollcall. Its name and attributes depend on PUBLIC_URL, in this file alone. With https, a prefix makes
 * the browser refuse a cookie that a sibling domain sets: `__Host-`, which needs the path `/`, else `__Secure-` (RFC
 * 6265bis, 4.1.3).
 */
export class OwnCookie {
  readonly name: string;
  readonly attributes: Attributes;

  constructor(name: string, { publicUrl }: Pick<Config, 'publicUrl'>) {
    const path = pathOf(publicUrl) || '/';
    const secure = parseUrl(publicUrl ?? '')?.protocol === 'https:';
    this.name = `${prefix(secure, path)}${name}`;
    this.attributes = { path, secure, httpOnly: true, sameSite: 'lax' };
  }

  /** The value as the browser sent it; undefined where it sent none. */
  read({ headers }: Request): string | undefined {
    return new RegExp(`(?:^|; ?)${this.name}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
  }

  /** @param value of characters that a cookie may hold, such as base64url @param maxAge in ms */
  set(response: Response, value: string, maxAge: number): void {
    response.cookie(this.name, value, { ...this.attributes, maxAge });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.attributes);
  }
}

function prefix(secure: boolean, path: string): '' | '__Host-' | '__Secure-' {
  if (!secure) return '';
  return path === '/' ? '__Host-' : '__Secure-';
}
