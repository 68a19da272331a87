import { AuditEntry } from '../../../src/accounts/audit/audit-entry.entity.js';
import { Session } from '../../../src/accounts/sessions/session.entity.js';
import type { ServiceOptions } from '../../support/service.js';
import { startWeb, type WebService } from '../../support/web.js';
import { type Answer, WebClient } from '../../support/web-client.js';
import {
  type IdentityProvider,
  startIdentityProvider,
  visitProvider,
} from './identity-provider.js';

export interface Sso {
  provider: IdentityProvider;
  service: WebService;
}

interface Options extends ServiceOptions {
  refreshTokens?: boolean;
}

/** Rollcall with single sign-on at a real provider, where Ada has an account. */
export async function startSso({ refreshTokens, ...options }: Options = {}): Promise<Sso> {
  const provider = await startIdentityProvider({ refreshTokens });
  const service = await startWeb({ ...options, env: { ...provider.env, ...options.env } });
  provider.serve(service.url);
  return { provider, service };
}

/** The two windows of somebody's browser. */
export interface Browser {
  rollcall: WebClient;
  atProvider: WebClient;
}

export const newBrowser = ({ provider, service }: Sso): Browser => ({
  rollcall: new WebClient(service.url),
  atProvider: new WebClient(provider.issuer),
});

/** Signs in at the provider as its `person`. Returns the answer of the callback. */
export async function signInAt(
  sso: Sso,
  browser = newBrowser(sso),
  start = '/sign-in/oidc',
): Promise<Answer & { browser: Browser }> {
  const begun = await browser.rollcall.get(start);
  const address = begun.headers.get('location') ?? '';
  const back = await visitProvider(sso.provider, address, browser.atProvider);
  return { ...(await browser.rollcall.get(back)), browser };
}

/** A browser in which Ada is signed in. */
export async function signedInAt(sso: Sso): Promise<Browser> {
  const { status, headers, text, browser } = await signInAt(sso);
  if (status === 303 && headers.get('location') === '/') return browser;
  throw new Error(`Nobody was signed in: ${status} ${text}`);
}

/** Makes the check of every session due. */
export async function makeRecheckDue({ service }: Sso): Promise<void> {
  const recheckAt = new Date(Date.now() - 1000);
  await service.dataSource.createQueryBuilder().update(Session).set({ recheckAt }).execute();
}

/** What the audit log says, oldest first: action, who, team, and what was after. */
export const audited = async ({ service }: Sso) =>
  (await service.dataSource.manager.find(AuditEntry, { order: { id: 'ASC' } })).map(
    ({ action, actorName, teamId, after }) => ({ action, actorName, teamId, after }),
  );
