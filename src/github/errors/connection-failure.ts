import { ProxyFailure } from '../../platform/outbound/proxy-failure.js';
import {
  CERTIFICATE,
  chainOf,
  codeOf,
  inBrackets,
  REASONS,
  TIME_OUT,
} from './connection-reasons.js';
import { GithubFailure } from './github-failure.js';
import { proxyFailure } from './proxy-refusal.js';
import { isTimeOut, unavailable } from './unavailable.js';

/**
 * Why there was no answer: a failure with the reason and the system's code. A failure of our own is returned unchanged:
 * it is a cause of the error that Octokit or undici throws.
 * @param url of the request
 */
export function connectionFailure(cause: unknown, url: string): GithubFailure {
  const chain = chainOf(cause);
  const own = chain.find((error) => error instanceof GithubFailure);
  if (own) return own;
  const proxy = chain.find((error) => error instanceof ProxyFailure);
  if (proxy) return proxyFailure(proxy, url, cause);
  return directFailure(codeOf(chain), url, cause);
}

function directFailure(code: string, url: string, cause: unknown): GithubFailure {
  const { host, hostname } = new URL(url);
  const certificate = CERTIFICATE.get(code);
  if (certificate)
    return certificateNotTrusted(`${host} ${certificate.why} (${code})`, certificate.remedy, cause);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return hostNotFound(hostname, code, cause);
  if (isTimeOut(cause) || TIME_OUT.has(code))
    return unavailable(`GitHub did not answer in time${inBrackets(code)}.`, url, cause);
  const why = REASONS[code];
  const message = why ? `${host} ${why}` : 'GitHub could not be reached';
  return unavailable(`${message}${inBrackets(code)}.`, url, cause);
}

const certificateNotTrusted = (what: string, remedy: string, cause: unknown) =>
  new GithubFailure('certificate_not_trusted', `The certificate of ${what}.`, remedy, { cause });

/** EAI_AGAIN: the DNS server did not answer; this may be temporary. */
const hostNotFound = (hostname: string, code: string, cause: unknown) =>
  new GithubFailure(
    'host_not_found',
    code === 'EAI_AGAIN'
      ? `The name ${hostname} could not be resolved: no DNS server answered (${code}).`
      : `The host ${hostname} does not exist (${code}).`,
    'Check the API address and the DNS of this server.',
    { cause, isPassing: code === 'EAI_AGAIN' },
  );
