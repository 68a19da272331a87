import type { Config } from '../../config/config.js';
import { connectionFailure } from '../../github/errors/connection-failure.js';
import { ApiConnections } from '../../github/http/api-connections.js';
import { withTimeout } from '../../github/http/with-timeout.js';
import { type Finding, ok, problem, problemOf, warning } from './finding.js';

const TIMEOUT_MS = 10_000;

/** GitHub refuses an App's signature from a clock that is a minute wrong. */
const MAX_CLOCK_ERROR_S = 30;

/** Whether GitHub can be reached, by DNS, proxy and certificates, and whether its clock is ours. */
export async function checkGithub(config: Config): Promise<Finding[]> {
  const { apiUrl } = config.github;
  const asked = Date.now();
  try {
    const { headers } = await get(config, apiUrl);
    const middle = (asked + Date.now()) / 2;
    return [ok('github', `${apiUrl} answers.`), clock(headers.get('date'), middle)];
  } catch (error) {
    return [problemOf('github', connectionFailure(error, apiUrl))];
  }
}

function clock(told: string | null, ours: number): Finding {
  const check = 'clock';
  const theirs = Date.parse(told ?? '');
  if (Number.isNaN(theirs)) return warning(check, 'GitHub tells no time to compare with.');
  const seconds = Math.round((ours - theirs) / 1000);
  if (Math.abs(seconds) <= MAX_CLOCK_ERROR_S) return ok(check, "It agrees with GitHub's.");
  const way = seconds > 0 ? 'ahead of' : 'behind';
  return problem(
    check,
    `It is ${Math.abs(seconds)} s ${way} GitHub's. Set it by NTP: tokens and sign-ins fail.`,
  );
}

/** Whether browsers find this server at PUBLIC_URL, as far as this machine can tell. */
export async function checkPublicUrl(config: Config): Promise<Finding> {
  const check = 'public url';
  const { publicUrl } = config;
  if (!publicUrl)
    return warning(check, 'PUBLIC_URL is not set. Set it to the address that browsers use.');
  try {
    const { status } = await get(config, `${publicUrl}/health/live`);
    if (status === 200) return ok(check, `${publicUrl} answers.`);
    return problem(
      check,
      `${publicUrl}/health/live answers ${status}. Check the path in PUBLIC_URL and the reverse proxy.`,
    );
  } catch (error) {
    const { message } = connectionFailure(error, publicUrl);
    return problem(
      check,
      `${message.replace('GitHub', publicUrl)} Start the server, and check PUBLIC_URL and the reverse proxy.`,
    );
  }
}

/** An operator's own address, so it may be private. */
function get(config: Config, url: string): Promise<Response> {
  const { origin } = new URL(url);
  const github = { ...config.github, apiUrl: origin };
  const fetch = new ApiConnections({ ...config, github }).fetchFor(origin);
  return withTimeout(TIMEOUT_MS, undefined, (signal) =>
    fetch(url, { method: 'GET', headers: {}, signal }),
  );
}
