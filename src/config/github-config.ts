import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { rsaPrivateKey } from './private-key.js';

/** The GitHub App as which this server authenticates. */
export interface GithubApp {
  id: number;
  /** PEM, PKCS#8. */
  privateKey: string;
}

/** The OAuth side of the GitHub App, or an OAuth App: people sign in through it. */
export interface GithubOauth {
  clientId: string;
  clientSecret: string;
}

/** The configured GitHub server. */
export interface GithubConfig {
  apiUrl: string;
  allowPrivateApiUrls: boolean;
  app: GithubApp | undefined;
  oauth: GithubOauth | undefined;
  /** With which GitHub signs what it tells the GitHub App. */
  webhookSecret: string | undefined;
}

const privateKey = z.string().transform((value, context) => {
  const key = rsaPrivateKey(value);
  if (key) return key;
  context.addIssue({
    code: 'custom',
    message:
      'must be the private RSA key of the GitHub App: its PEM file, also with \\n for line breaks, or base64 of it',
  });
  return z.NEVER;
});

const printable = z.string().regex(/^[!-~]+$/, 'must have no spaces or line breaks');

/** The variables of the GitHub App or the OAuth App. */
export const githubVariables = {
  GITHUB_APP_ID: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'must be the App ID, a number that GitHub shows')
    .transform(Number)
    .optional(),
  GITHUB_APP_PRIVATE_KEY: privateKey.optional(),
  GITHUB_CLIENT_ID: printable.optional(),
  GITHUB_CLIENT_SECRET: printable.optional(),
  GITHUB_WEBHOOK_SECRET: printable.optional(),
};

type Variables = {
  [Name in keyof typeof githubVariables]?: z.infer<(typeof githubVariables)[Name]>;
};

/** @throws ConfigError where one of a pair is missing */
export function githubApps(env: Variables): Pick<GithubConfig, 'app' | 'oauth'> {
  requireBoth(env, 'GITHUB_APP_ID', 'GITHUB_APP_PRIVATE_KEY');
  requireBoth(env, 'GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET');
  const { GITHUB_APP_ID: id, GITHUB_APP_PRIVATE_KEY: privateKey } = env;
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret } = env;
  const app = id && privateKey ? { id, privateKey } : undefined;
  const oauth = clientId && clientSecret ? { clientId, clientSecret } : undefined;
  // Otherwise anybody who knows an organization's name could read it through the App.
  if (app && !oauth)
    throw new ConfigError(
      'GITHUB_CLIENT_ID',
      'must be set when GITHUB_APP_ID is set, because people sign in with it; or unset GITHUB_APP_ID',
    );
  return { app, oauth };
}

type Name = keyof Variables;

function requireBoth(env: Variables, one: Name, other: Name): void {
  if ((env[one] === undefined) === (env[other] === undefined)) return;
  const [given, missing] = env[one] === undefined ? [other, one] : [one, other];
  throw new ConfigError(missing, `must be set when ${given} is set; or unset ${given}`);
}
