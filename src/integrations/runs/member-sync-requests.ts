import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, In, IsNull } from 'typeorm';
import { batched, byKey } from '../../platform/database/batched.js';
import { databaseTime, isDuplicate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { auditIntegration } from '../connections/audit-integration.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { integrationDisconnected } from '../connections/integration-disconnected.js';
import { type NamedPerson, recordHints } from '../hints/record-hints.js';
import { MemberSyncRun, type RunScope, RunTrigger } from './member-sync-run.entity.js';
import { type HandedOver, RunHandOver } from './run-hand-over.js';
import { lastNumberOf, oneMoreRun } from './run-number.js';

export interface RunRequest {
  integrationId: number;
  trigger: RunTrigger;
  /** Default: everybody. */
  scope?: RunScope;
  /** The email address of the user, or the name of the API token. */
  requestedBy: string | null;
}

/** Requests runs, for every trigger. */
@Injectable()
export class MemberSyncRequests {
  /** The unfinished run of an integration. */
  readonly unfinished = batched(async (integrationIds: number[]) => {
    const unfinishedIntegrationId = In(integrationIds);
    const found = await this.dataSource.manager.findBy(MemberSyncRun, { unfinishedIntegrationId });
    return byKey(found, ({ integrationId }) => integrationId);
  });

  constructor(
    private readonly dataSource: DataSource,
    private readonly handOver: RunHandOver,
  ) {}

  /**
   * The unfinished run of the integration, after which the people are looked at that it does not look at; creates one if there is none. It is committed before it is added to the queue:
   * if the queue is unreachable, a sweep adds it later.
   * @throws PublicError `integration_disconnected`
   */
  async request(request: RunRequest, people?: NamedPerson[]): Promise<MemberSyncRun> {
    const { run, isNew } = await this.open(request, people);
    if (isNew) await this.handOver.tell(run);
    return run;
  }

  /** The same without the queue, for a caller that claims the run at once. */
  async open(
    request: RunRequest,
    people?: NamedPerson[],
  ): Promise<{ run: MemberSyncRun; isNew: boolean }> {
    for (;;) {
      const unfinished = await this.unfinished(request.integrationId);
      if (unfinished) {
        const isOther = unfinished.scope === 'people';
        await inTransaction(this.dataSource, (manager) =>
          hint(manager, request, people ?? (isOther ? [{ githubId: null }] : [])),
        );
        return { run: unfinished, isNew: false };
      }
      const run = await this.insert(request, people);
      if (run) return { run, isNew: true };
    }
  }

  /** Null if another request was faster: the unique key refuses it. */
  private async insert(request: RunRequest, people?: NamedPerson[]): Promise<MemberSyncRun | null> {
    const scope = people ? 'people' : 'everybody';
    try {
      return await inTransaction(this.dataSource, async (manager) => {
        await hint(manager, request, people);
        return insertRun(manager, { ...request, scope });
      });
    } catch (error) {
      if (isDuplicate(error)) return null;
      throw error;
    }
  }
}

const hint = (
  manager: EntityManager,
  { integrationId }: RunRequest,
  people: (NamedPerson | { githubId: null })[] = [],
): Promise<void> =>
  recordHints(
    manager,
    people.map((person) => ({ ...person, integrationId })),
  );

/** Inserts a run in a transaction. @throws QueryFailedError if one is unfinished; PublicError `integration_disconnected` */
export async function insertRun(
  manager: EntityManager,
  request: RunRequest,
): Promise<MemberSyncRun> {
  const { integrationId } = request;
  await insertRow(manager, request);
  const unfinished = { unfinishedIntegrationId: integrationId };
  const run = await manager.findOneByOrFail(MemberSyncRun, unfinished);
  const { trigger, number } = run;
  const after = { run: number, trigger };
  await auditIntegration(manager, integrationId, { action: 'sync.request', after });
  return run;
}

/**
 * The same for hints, with few statements: it is inserted as handed over (see `RunHandOver.tellNew`), and has no entry in
 * the audit log.
 */
export async function insertHintedRun(
  manager: EntityManager,
  request: RunRequest,
): Promise<HandedOver> {
  const handedOverAt = () => databaseTime(manager);
  const id = await insertRow(manager, { ...request, handedOverAt });
  const { integrationId, trigger } = request;
  return { id, epoch: 0, integrationId, trigger, queueProblem: null };
}

/** @returns the new id */
async function insertRow(
  manager: EntityManager,
  row: RunRequest & { handedOverAt?: () => string },
): Promise<number> {
  const { integrationId } = row;
  const requestedAt = new Date();
  const { affected } = await manager.update(
    GithubIntegration,
    { id: integrationId, disconnectedAt: IsNull() },
    { memberSyncStatus: 'syncing', memberSyncStartedAt: requestedAt, ...oneMoreRun },
  );
  if (affected !== 1) throw integrationDisconnected();
  const { raw } = await manager
    .createQueryBuilder()
    .insert()
    .into(MemberSyncRun)
    .values({
      ...row,
      number: () => lastNumberOf(integrationId),
      unfinishedIntegrationId: integrationId,
      requestedAt,
      state: 'queued',
    })
    .updateEntity(false)
    .execute();
  // MySQL's driver returns an object, SQLite's the id.
  return Number(raw.insertId ?? raw);
}
