import { makeAppKeys } from '../../src/simulator/apps/keys.js';
import { startGithub } from './service.js';

/** Any port will do there. */
const callbackUrls = ['onboarding', 'sign-in'].map(
  (page) => `http://127.0.0.1/${page}/github/callback`,
);
const client = { clientId: 'Iv1.0123456789abcdef', clientSecret: 'the-client-secret-of-the-app' };
const oauthEnv = { GITHUB_CLIENT_ID: client.clientId, GITHUB_CLIENT_SECRET: client.clientSecret };
/** Made once: it takes a while. */
const keys = makeAppKeys();

/** A simulated GitHub that knows an OAuth App, and at whose pages the owner of `acme` is signed in. */
export async function startGithubWithOauthApp({ callback }: { callback?: string } = {}) {
  const github = await startGithub();
  github.world.addOAuthApp({ ...client, callbackUrls: callback ? [callback] : callbackUrls });
  github.world.signedIn = github.owner;
  return { ...github, env: { GITHUB_API_URL: github.simulator.url, ...oauthEnv } };
}

/** The same with a GitHub App, which no organization has installed yet. */
export async function startGithubWithApp({ members = 3 } = {}) {
  const github = await startGithub({ members });
  const { publicKey } = keys;
  const app = github.world.addApp({ ...client, callbackUrls, publicKey, slug: 'rollcall-test' });
  github.world.signedIn = github.owner;
  const env = {
    GITHUB_API_URL: github.simulator.url,
    ...oauthEnv,
    GITHUB_APP_ID: String(app.id),
    GITHUB_APP_PRIVATE_KEY: keys.privateKey.replaceAll('\n', '\\n'),
  };
  return { ...github, app, env };
}
