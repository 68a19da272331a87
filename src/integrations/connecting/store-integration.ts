import { EntityManager } from 'typeorm';
import { auditIntegration } from '../connections/audit-integration.js';
import { Credential } from '../connections/credential.entity.js';
import type { CredentialHealth } from '../connections/credential-health.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { MemberListPage } from '../member-sync/member-list-page.entity.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { syncUnfinished } from '../runs/run-failure.js';

/** An integration after its check. */
export interface CheckedIntegration
  extends Pick<
    GithubIntegration,
    'teamId' | 'apiUrl' | 'organizationId' | 'organizationLogin' | 'publicOnly'
  > {
  credential: Pick<Credential, 'kind' | 'sealedSecret' | 'ownerId'> & CredentialHealth;
}

export interface Connected {
  integration: GithubIntegration;
  /** Whether its directory already exists: its credential was replaced, or it was disconnected and kept. */
  replaced: boolean;
}

/** Creates the integration, or replaces the credential of an existing one, also of a disconnected one. */
export async function storeIntegration(
  manager: EntityManager,
  { credential, ...checked }: CheckedIntegration,
): Promise<Connected> {
  const { teamId, apiUrl, organizationId } = checked;
  const existing = await manager.findOneBy(GithubIntegration, { teamId, apiUrl, organizationId });
  if (existing) return replaceCredential(manager, existing, { credential, ...checked });
  const times = { createdAt: new Date(), updatedAt: new Date() };
  const { id: credentialId } = await manager.save(
    manager.create(Credential, { teamId, ...credential, ...times }),
  );
  const { id } = await manager.save(
    manager.create(GithubIntegration, { ...checked, credentialId, ...times }),
  );
  const integration = await manager.findOneByOrFail(GithubIntegration, { id });
  const { apiUrl: server, publicOnly } = checked;
  const after = { server, publicOnly, credential: credential.kind };
  await auditIntegration(manager, id, { action: 'integration.connect', after });
  return { integration, replaced: false };
}

async function replaceCredential(
  manager: EntityManager,
  existing: GithubIntegration,
  { credential, organizationLogin, publicOnly }: CheckedIntegration,
): Promise<Connected> {
  const { id, credentialId } = existing;
  const change = { organizationLogin, publicOnly, disconnectedAt: null, updatedAt: new Date() };
  await manager.update(
    Credential,
    { id: credentialId },
    { ...credential, updatedAt: change.updatedAt },
  );
  await manager.update(GithubIntegration, { id }, change);
  if (existing.publicOnly !== publicOnly) await beginAnew(manager, id);
  const before = { publicOnly: existing.publicOnly, connected: existing.disconnectedAt === null };
  const after = { publicOnly, connected: true, credential: credential.kind };
  await auditIntegration(manager, id, { action: 'integration.credential', before, after });
  return { integration: { ...existing, ...change }, replaced: true };
}

/** The stored pages, and the counts of an unfinished run, belong to the other list. */
async function beginAnew(manager: EntityManager, integrationId: number): Promise<void> {
  const unfinished = { unfinishedIntegrationId: integrationId };
  if (await manager.existsBy(MemberSyncRun, unfinished)) throw syncUnfinished();
  await manager.delete(MemberListPage, { integrationId });
}
