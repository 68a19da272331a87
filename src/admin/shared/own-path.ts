const NOWHERE = 'http://rollcall.invalid';

/**
 * A path of this site; undefined for anything that may lead to another site. `//host`, `/\host` and `/<tab>/host` look like
 * paths, but browsers read them as other sites. So the URL parser of browsers decides.
 */
export function ownPath(wanted: string): string | undefined {
  if (!wanted.startsWith('/')) return undefined;
  const url = URL.parse(wanted, NOWHERE);
  if (url?.origin !== NOWHERE) return undefined;
  const path = `${url.pathname}${url.search}`;
  // `/x/..//host` is folded into `//host`, which a redirect would follow.
  return path.startsWith('//') ? undefined : path;
}
