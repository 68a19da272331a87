import { AuditEntry } from '../../../src/accounts/audit/audit-entry.entity.js';
import { Session } from '../../../src/accounts/sessions/session.entity.js';
import { Membership } from '../../../src/accounts/users/membership.entity.js';
import { TeamsService } from '../../../src/accounts/users/teams.service.js';
import { User } from '../../../src/accounts/users/user.entity.js';
import { IntegrationConnector } from '../../../src/integrations/connecting/integration-connector.js';
import type { GithubIntegration } from '../../../src/integrations/connections/github-integration.entity.js';
import type { SimOrganization } from '../../../src/simulator/organization.js';
import type { SimUser } from '../../../src/simulator/user.js';
import { startGithubWithApp } from '../../support/github-apps.js';
import type { ServiceOptions } from '../../support/service.js';
import { startWeb, type WebService } from '../../support/web.js';
import { type Answer, WebClient } from '../../support/web-client.js';

interface Started extends Awaited<ReturnType<typeof startGithubWithApp>> {
  ada: SimUser;
  service: WebService;
}

export interface GithubSignOn extends Started {
  /** The first one. */
  integration: GithubIntegration;
}

/** Rollcall with a GitHub App that may see email addresses, and `acme` connected through it; Ada is a member there. */
export async function startGithubSignOn(options: ServiceOptions = {}): Promise<GithubSignOn> {
  const github = await startGithubWithApp();
  github.app.permissions = { members: 'read', email_addresses: 'read' };
  const ada = github.world.addUser({ login: 'ada', id: 4711, email: 'Ada@acme.example' });
  github.organization.join(ada);
  github.world.signedIn = ada;
  const service = await startWeb({ ...options, env: { ...github.env, ...options.env } });
  const started = { ...github, ada, service };
  const integration = await connectByApp(started, github.organization);
  return { ...started, integration };
}

/** Connects an organization through the App, for a team that is made where it does not exist. */
export async function connectByApp(
  { world, app, service }: Pick<Started, 'world' | 'app' | 'service'>,
  organization: SimOrganization,
  slug = 'default',
): Promise<GithubIntegration> {
  const installation = app.installationOn(organization) ?? world.installApp(app, organization);
  const { id: teamId } = await service.app.get(TeamsService, { strict: false }).findOrCreate(slug);
  const connector = service.app.get(IntegrationConnector, { strict: false });
  const request = { teamId, organization: organization.login, installationId: installation.id };
  return (await connector.connect(request)).integration;
}

/** GitHub's addresses of somebody: the primary one. */
export function hasEmail(user: SimUser, email: string, verified = true): void {
  user.emails = [
    { email, primary: true, verified },
    { email: 'another@private.example', primary: false, verified: true },
  ];
}

/** Goes to GitHub, where the world's `signedIn` agrees, and returns the path of the callback. */
export async function visitGithub(browser: WebClient, start = '/sign-in/github'): Promise<string> {
  const begun = await browser.get(start);
  const back = await fetch(begun.headers.get('location') ?? '', { redirect: 'manual' });
  const { pathname, search } = new URL(back.headers.get('location') ?? '');
  return pathname + search;
}

/** To GitHub and back, as a browser goes. */
export async function signInWithGithub(
  { service }: Pick<Started, 'service'>,
  browser = new WebClient(service.url),
): Promise<Answer & { browser: WebClient }> {
  return { ...(await browser.get(await visitGithub(browser))), browser };
}

/** A browser in which the world's `signedIn` is signed in. */
export async function signedInWithGithub(started: Pick<Started, 'service'>): Promise<WebClient> {
  const { status, headers, text, browser } = await signInWithGithub(started);
  if (status === 303 && headers.get('location') === '/') return browser;
  throw new Error(`Nobody was signed in: ${status} ${text}`);
}

/** The words of the refusal on the page. */
export const refusalIn = (text: string) => [...text.matchAll(/<p><strong>([^<]*)/g)].at(-1)?.[1];

/** Who is where: `team email role`, with who gave the role or the place. */
export async function places({ service }: Pick<Started, 'service'>): Promise<string[]> {
  const { manager } = service.dataSource;
  const users = new Map((await manager.find(User)).map(({ id, email }) => [id, email]));
  const all = await manager.find(Membership, { order: { teamId: 'ASC', userId: 'ASC' } });
  return all.map(({ teamId, userId, role, adminBy }) =>
    [teamId, users.get(userId), role, ...(adminBy ? [`by ${adminBy}`] : [])].join(' '),
  );
}

export async function makeRecheckDue({ service }: Pick<Started, 'service'>): Promise<void> {
  const recheckAt = new Date(Date.now() - 1000);
  await service.dataSource.createQueryBuilder().update(Session).set({ recheckAt }).execute();
}

/** The audit log about people, oldest first. */
export async function audited({ service }: Pick<Started, 'service'>) {
  const entries = await service.dataSource.manager.find(AuditEntry, { order: { id: 'ASC' } });
  return entries
    .filter(({ action }) => /^(user|identity|sign)/.test(action))
    .map(({ action, actorName, teamId, after }) => ({ action, actorName, teamId, after }));
}

export const users = ({ service }: GithubSignOn) =>
  service.dataSource.manager.find(User, { order: { id: 'ASC' } });
