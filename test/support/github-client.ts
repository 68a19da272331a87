import { loadConfig } from '../../src/config/config.js';
import { authentication } from '../../src/github/client/authentication.js';
import { GithubClient } from '../../src/github/client/github-client.js';
import { GithubTransport } from '../../src/github/client/github-transport.js';
import { ApiConnections } from '../../src/github/http/api-connections.js';
import { TokenBudget } from '../../src/github/limits/token-budget.js';

export const TEST_TOKEN = 'ghp_TestTokenOfTheOwner';

/** A client for an API address with the connections of a server with this environment, or with a `fetch` of its own. */
export function clientFor(
  apiUrl: string,
  env: NodeJS.ProcessEnv = {},
  fetch = new ApiConnections(loadConfig(env)).fetchFor(apiUrl),
): GithubClient {
  const credential = { kind: 'token', token: TEST_TOKEN } as const;
  const budget = new TokenBudget({
    concurrency: 4,
    reservePercent: 0,
    pointsAMinute: { core: 900, graphql: 900 },
  });
  const means = { fetch, budget, authentication: authentication(credential, undefined) };
  return new GithubClient(new GithubTransport({ apiUrl, credential, isUrgent: true }, means));
}

/** The same for the GitHub that the server is set up for. */
export const ownClient = (apiUrl: string, env: NodeJS.ProcessEnv = {}): GithubClient =>
  clientFor(apiUrl, { ...env, GITHUB_API_URL: apiUrl });
