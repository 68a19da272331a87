const NOWHERE = 'http://rollcall.invalid';

/**
 * A path of this site, or undefined for anything that may lead elsewhere: `//host`, `/\host` and `/<tab>/host` look like
 * paths and are other sites to a browser, so it is a browser's own reading that decides.
 */
export function ownPath(wanted: string): string | undefined {
  if (!wanted.startsWith('/')) return undefined;
  const url = URL.parse(wanted, NOWHERE);
  if (url?.origin !== NOWHERE) return undefined;
  const path = `${url.pathname}${url.search}`;
  // `/x/..//host` is folded into `//host`, which a redirect would follow.
  return path.startsWith('//') ? undefined : path;
}
