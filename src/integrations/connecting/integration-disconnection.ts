import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, IsNull } from 'typeorm';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { Credential } from '../connections/credential.entity.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { HookCleanup } from '../webhooks/hook-cleanup.js';
import { Webhook } from '../webhooks/webhook.entity.js';

/** Disconnects an organization. Its credential is always deleted. */
@Injectable()
export class IntegrationDisconnection {
  constructor(
    private readonly dataSource: DataSource,
    private readonly hooks: HookCleanup,
  ) {}

  /**
   * Keeps the directory with its history, to read it and to continue it if the organization is connected again; or
   * deletes it with its runs and changes. Also removes the webhook that Rollcall made at GitHub.
   * @returns why that webhook is still there
   * @throws PublicError 409 while a run is unfinished: an open page would wait for a deleted run
   */
  async disconnect(
    { id }: Pick<GithubIntegration, 'id'>,
    { keepDirectory }: { keepDirectory: boolean },
  ): Promise<PublicError[]> {
    const removeHook = await this.hooks.prepare({ id });
    await inTransaction(this.dataSource, async (manager) => {
      const integration = await locked(manager, id);
      if (!integration) return;
      const unfinished = { unfinishedIntegrationId: id };
      if (await manager.existsBy(MemberSyncRun, unfinished)) throw stillSyncing();
      if (keepDirectory) await forgetCredential(manager, integration);
      else await remove(manager, integration);
      const { teamId, organizationLogin: subject } = integration;
      const action = keepDirectory ? 'integration.disconnect' : 'integration.delete';
      await recordAudit(manager, { teamId, action, subject });
    });
    return removeHook();
  }
}

/** A concurrent request for a run waits, and then sees the result. */
const locked = (manager: EntityManager, id: number): Promise<GithubIntegration | null> =>
  forUpdate(manager.createQueryBuilder(GithubIntegration, 'integration').where({ id })).getOne();

async function remove(manager: EntityManager, { id, credentialId }: GithubIntegration) {
  await manager.delete(GithubIntegration, { id });
  await manager.delete(Credential, { id: credentialId });
}

async function forgetCredential(manager: EntityManager, { id, credentialId }: GithubIntegration) {
  const at = new Date();
  const connected = { id, disconnectedAt: IsNull() };
  const off = { scheduleKind: 'off', nextSyncAt: null } as const;
  await manager.update(GithubIntegration, connected, {
    ...off,
    disconnectedAt: at,
    updatedAt: at,
  });
  const nothing = { sealedSecret: '', ownerId: null, expiresAt: null, sees: null, checkedAt: null };
  await manager.update(Credential, { id: credentialId }, { ...nothing, updatedAt: at });
  await manager.delete(Webhook, { integrationId: id });
}

export const stillSyncing = () =>
  new PublicError(
    409,
    'member_sync_unfinished',
    'The organization cannot be disconnected during a sync.',
    'Wait for the run to finish, or cancel it. Then try again.',
  );
