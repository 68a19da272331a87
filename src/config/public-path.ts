import { parseUrl } from './parse-url.js';

/** The path of a URL, without a slash at its end: '' or, for example, '/rollcall'. */
export const pathOf = (url = ''): string => parseUrl(url)?.pathname.replace(/\/+$/, '') ?? '';

/** Browsers, proxies and cookies treat other characters in a path differently. */
export const hasPlainPath = (url: string): boolean => /^(\/[\w.~-]+)*$/.test(pathOf(url));
