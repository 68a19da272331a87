import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { IdentityProvider } from '../../accounts/single-sign-on/identity-provider.js';
import { providerFailure } from '../../accounts/single-sign-on/provider-failure.js';
import type { Config } from '../../config/config.js';
import { GithubCredentials } from '../../integrations/connections/github-credentials.js';
import { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { withApp } from '../one-shot.js';
import { type Finding, ok, problem, problemOf, warning } from './finding.js';

/** More would take long, and use the limits of many credentials. */
const MAX_ASKED = 50;

/** Whether SECRET_KEY, the identity provider and each organization's credential are accepted. */
export async function checkCredentials(config: Config): Promise<Finding[]> {
  try {
    return await withApp(
      async (app) => [
        ok('secret key', 'It is the key of this database.'),
        ...(await checkProvider(app, config)),
        ...(await checkIntegrations(app)),
      ],
      config,
    );
  } catch (error) {
    return [problemOf('secret key', error)];
  }
}

async function checkProvider(app: INestApplicationContext, { oidc }: Config): Promise<Finding[]> {
  if (!oidc) return [];
  const check = 'single sign-on';
  const round = { state: '', nonce: '', verifier: '', silent: false };
  try {
    await app.get(IdentityProvider, { strict: false }).signInUrl(round);
    return [ok(check, `${oidc.issuer} answers.`)];
  } catch (error) {
    return [problemOf(check, providerFailure(error))];
  }
}

async function checkIntegrations(app: INestApplicationContext): Promise<Finding[]> {
  const { manager } = app.get(DataSource);
  const all = await manager.find(GithubIntegration, {
    where: { disconnectedAt: IsNull() },
    order: { id: 'ASC' },
  });
  const credentials = app.get(GithubCredentials, { strict: false });
  const findings: Finding[] = [];
  for (const integration of all.slice(0, MAX_ASKED))
    findings.push(await checkIntegration(credentials, integration));
  if (all.length > MAX_ASKED)
    findings.push(warning('credentials', `${all.length - MAX_ASKED} more were not asked.`));
  return findings;
}

async function checkIntegration(
  credentials: GithubCredentials,
  integration: GithubIntegration,
): Promise<Finding> {
  const check = `credential of ${integration.organizationLogin}`;
  try {
    const signal = AbortSignal.timeout(15_000);
    const { client } = await credentials.open(integration, { signal });
    const { login } = await client.organizationById(integration.organizationId);
    return ok(check, `GitHub accepts it for ${login}.`);
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      return problem(check, 'GitHub did not answer in 15 s. Try again later.');
    return problemOf(check, error);
  }
}
