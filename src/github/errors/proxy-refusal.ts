import type { ProxyFailure } from '../../platform/outbound/proxy-failure.js';
import { CERTIFICATE, chainOf, codeOf, inBrackets, REASONS } from './connection-reasons.js';
import { GithubFailure } from './github-failure.js';
import { unavailable } from './unavailable.js';

/** @param url requested through the proxy */
export function proxyFailure(failure: ProxyFailure, url: string, cause: unknown): GithubFailure {
  const { proxy, status } = failure;
  if (status === undefined) return proxyUnusable(failure, cause);
  if (status === 407)
    return proxyRefused(
      `The proxy ${proxy} rejected the user and password (407).`,
      'Ask the operator to set them in HTTPS_PROXY (HTTP_PROXY for an http:// address): http://USER:PASSWORD@HOST:PORT.',
      { cause },
    );
  if (status >= 500)
    return unavailable(
      `The proxy ${proxy} could not reach GitHub: it answered ${status}.`,
      url,
      cause,
    );
  return proxyRefused(
    `The proxy ${proxy} does not allow connections to ${new URL(url).host} (${status}).`,
    'Ask the administrator of the proxy to allow them, or add the host to NO_PROXY.',
    { cause },
  );
}

function proxyUnusable({ proxy, cause: reason }: ProxyFailure, cause: unknown): GithubFailure {
  const code = codeOf(chainOf(reason));
  const certificate = CERTIFICATE.get(code);
  const why = certificate
    ? `its certificate ${certificate.why}`
    : `it ${REASONS[code] ?? 'cannot be reached'}`;
  return proxyRefused(
    `The proxy ${proxy} cannot be used: ${why}${inBrackets(code)}.`,
    'Ask the operator to check HTTPS_PROXY (HTTP_PROXY for an http:// address) and that the proxy is running.',
    // A proxy that restarts is soon available again.
    { cause, isPassing: !certificate && code !== 'ENOTFOUND' },
  );
}

const proxyRefused = (
  message: string,
  remedy: string,
  options: ErrorOptions & { isPassing?: boolean },
) => new GithubFailure('proxy_refused', message, remedy, options);
