import { type Dispatcher, fetch, type Response } from 'undici';
import { z } from 'zod';
import type { GithubOauth } from '../../config/github-config.js';
import { connectionFailure } from '../errors/connection-failure.js';
import { invalidAnswer } from '../errors/invalid-answer.js';
import { unavailable } from '../errors/unavailable.js';
import { type OauthButton, oauthFailure } from './oauth-failures.js';

const REQUEST_TIMEOUT_MS = 10_000;

/** GitHub also sends refusals with status 200. */
const tokenAnswer = z.union([
  z.object({ access_token: z.string().regex(/^[!-~]+$/) }),
  z.object({ error: z.string() }),
]);

export interface Grant {
  /** Where people sign in at GitHub. */
  webUrl: string;
  oauth: GithubOauth;
  code: string;
  /** Proves that the code was requested here (RFC 7636). */
  verifier: string;
  redirectUri: string;
  button: OauthButton;
  /** Connects to `webUrl`. */
  dispatcher: Dispatcher;
}

/** The user's token for a code. @throws GithubFailure */
export async function exchangeCode(grant: Grant): Promise<string> {
  const response = await ask(grant).catch((cause: unknown) => {
    throw connectionFailure(cause, grant.webUrl);
  });
  if (response.status >= 500)
    throw unavailable(`GitHub answered with ${response.status}.`, grant.webUrl);
  const answer = tokenAnswer.safeParse(await response.json().catch(() => undefined));
  if (!answer.success)
    throw invalidAnswer("GitHub's answer to the sign-in has an unexpected format.");
  if ('error' in answer.data) throw oauthFailure(answer.data.error, grant);
  return answer.data.access_token;
}

function ask(grant: Grant): Promise<Response> {
  const { webUrl, oauth, code, verifier, redirectUri, dispatcher } = grant;
  return fetch(`${webUrl}/login/oauth/access_token`, {
    method: 'POST',
    // Without `accept`, GitHub answers with a form.
    headers: { accept: 'application/json', 'user-agent': 'rollcall' },
    body: new URLSearchParams({
      client_id: oauth.clientId,
      client_secret: oauth.clientSecret,
      code,
      code_verifier: verifier,
      redirect_uri: redirectUri,
    }),
    // The secret must go nowhere else.
    redirect: 'error',
    dispatcher,
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
}
