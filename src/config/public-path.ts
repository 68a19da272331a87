import { parseUrl } from './parse-url.js';

/** The path of an address, without a slash at its end: '' or the likes of '/rollcall'. */
export const pathOf = (url = ''): string => parseUrl(url)?.pathname.replace(/\/+$/, '') ?? '';

/** Browsers, proxies and cookies do not agree about other characters in a path. */
export const hasPlainPath = (url: string): boolean => /^(\/[\w.~-]+)*$/.test(pathOf(url));
