import { Inject, Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { GithubFailure } from '../../github/errors/github-failure.js';
import { LimitReached } from '../../github/errors/limit-reached.js';
import { addChanges } from '../../members/changes/changes.js';
import type { ComparedIdentities } from '../../members/identities/compared-identities.js';
import { insertRows } from '../../platform/database/insert-rows.js';
import type { HintedTeam } from '../hints/hint-subject.js';
import type { OrganizationAccess } from '../member-sync/organization-accesses.js';
import { RunCache } from '../runs/run-cache.js';
import type { RunLease } from '../runs/run-lease.js';
import type { RunProgress } from '../runs/run-progress.js';
import { addCounts, noCounts, type SyncCounts } from '../runs/sync-counts.js';
import { IntegrationPart } from './integration-part.entity.js';
import type { NamedParts } from './named-parts.js';
import { noPartCounts, type PartCounts, type PartResult, type PartResults } from './part.js';
import { PartReads } from './part-reads.js';
import { PART_SYNCS, type PartContext, type PartOutcome, type PartSync } from './part-sync.js';

/** A run that has applied the members. */
interface Execution {
  lease: RunLease;
  access: OrganizationAccess;
  progress: RunProgress;
  signal: AbortSignal;
  listed?: ReadonlySet<number>;
  identities?: ComparedIdentities;
  leaving?: ReadonlySet<number>;
  githubTeams?: HintedTeam[];
  /** What was begun while the members were applied. */
  reads?: PartReads | undefined;
}

type Noted = Pick<
  IntegrationPart,
  'part' | 'state' | 'needs' | 'added' | 'changed' | 'removed' | 'total'
> &
  Pick<PartCounts, 'held'>;

interface Brought extends Pick<PartOutcome, 'conclude'> {
  noted: Noted;
}

/** What a run did to the parts beside the members. */
export interface SyncedParts {
  results: PartResults;
  /** In the transaction that completes the run; returns what it adds to the run's counts. */
  conclude: (manager: EntityManager) => Promise<SyncCounts>;
}

const PUBLIC_ONLY = 'The credential of a member of the organization.';

/** After so many waits for GitHub's limits in the parts of a run, the run ends without the rest of them. */
const MAX_WAITS = 5;

/** Brings the parts beside the members in step. One that fails is noted, and the others go on. */
@Injectable()
export class PartsSync {
  private readonly logger = new Logger(PartsSync.name);
  private readonly waits = new RunCache(() => ({ left: MAX_WAITS }));

  constructor(@Inject(PART_SYNCS) private readonly parts: PartSync[]) {}

  /** Begins to read the parts, while members are still applied. `sync` takes what it reads, and throws its errors. */
  readAhead({ lease, access, signal }: Omit<Execution, 'listed' | 'reads'>): PartReads | undefined {
    if (access.visibility.list === 'public') return undefined;
    const { id: runId, integrationId } = lease.run;
    const asks = this.parts.map((one) => one.besideProfiles?.({ runId, access })).find(Boolean);
    const reads = new PartReads(signal, asks);
    const done = doneIn(lease);
    for (const one of this.parts)
      reads.begin(one, async (applied) => {
        if ((await done).has(one.part)) return undefined;
        return one.read({ integrationId, runId, access: beside(access), applied });
      });
    return reads;
  }

  /** A part that this run has brought in step is not read again. @throws LimitReached, LeaseLost, and the reason of `signal` */
  async sync(execution: Execution): Promise<SyncedParts> {
    execution.reads?.end();
    const done = await doneIn(execution.lease);
    return this.each(execution, this.parts, (one) => {
      const noted = done.get(one.part);
      return noted ? { noted } : this.bringAndNote(one, execution);
    });
  }

  /** Only what hints name. @throws as `sync` */
  async syncNamed(execution: Execution, { parts, githubTeams }: NamedParts): Promise<SyncedParts> {
    const named = this.parts.filter(({ part }) => parts.has(part));
    return this.each(execution, named, (one) => {
      const some = { ...execution, githubTeams };
      return one.part === 'teams' ? this.bringSome(one, some) : this.bringAndNote(one, execution);
    });
  }

  private async each(
    { progress, signal }: Execution,
    parts: PartSync[],
    bring: (one: PartSync) => Brought | Promise<Brought>,
  ): Promise<SyncedParts> {
    const results: PartResults = {};
    const open: Brought[] = [];
    for (const one of parts) {
      signal.throwIfAborted();
      progress.phase = one.part;
      const brought = await bring(one);
      if (brought.conclude) open.push(brought);
      results[one.part] = resultOf(brought.noted);
    }
    return { results, conclude: (manager) => concluded(manager, open) };
  }

  /** The members, in the transaction that completes the run. */
  async noteMembers(
    manager: EntityManager,
    { lease, access }: Pick<Execution, 'lease' | 'access'>,
    counts: SyncCounts,
  ): Promise<PartResults> {
    const { created, reactivated, updated, deactivated, total } = counts;
    const needs = access.visibility.list === 'public' ? PUBLIC_ONLY : null;
    const noted = {
      part: 'members',
      state: needs ? 'incomplete' : 'complete',
      needs,
      ...{ added: created + reactivated, changed: updated - reactivated },
      ...{ removed: deactivated, total },
    } as const;
    await save(manager, lease.run, noted);
    return { members: resultOf(noted) };
  }

  private async bring(one: PartSync, execution: Execution): Promise<Brought> {
    const { part } = one;
    if (execution.access.visibility.list === 'public')
      return unread(part, 'not_visible', PUBLIC_ONLY);
    try {
      const context = contextOf(execution);
      const applied = Promise.resolve();
      const read = await (execution.reads?.take(one) ?? one.read({ ...context, applied }));
      const outcome = await one.apply(context, read);
      const { missing, isVisible = true, conclude, ...counts } = outcome;
      const whole = missing ? 'incomplete' : 'complete';
      const state = isVisible ? whole : 'not_visible';
      return { noted: { part, state, needs: missing ?? null, ...counts }, conclude };
    } catch (error) {
      if (execution.signal.aborted || !(error instanceof GithubFailure)) throw error;
      if (error instanceof LimitReached && this.mayWait(execution)) throw error;
      const state = error.code === 'missing_permission' ? 'not_visible' : 'failed';
      if (state === 'failed')
        this.logger.warn(`The ${part} could not be read: ${error.message}`, { code: error.code });
      return unread(part, state, `${error.message} ${error.remedy}`);
    }
  }

  private mayWait({ lease }: Execution): boolean {
    const waits = this.waits.of(lease.run.id);
    return waits.left-- > 0;
  }

  private async bringAndNote(one: PartSync, execution: Execution): Promise<Brought> {
    const { noted, conclude } = await this.bring(one, execution);
    const { lease } = execution;
    const note = (manager: EntityManager) => save(manager, lease.run, noted);
    if (conclude)
      return {
        noted,
        conclude: async (manager) => {
          await note(manager);
          return conclude(manager);
        },
      };
    await lease.write(async (manager) => {
      await note(manager);
      return {};
    });
    return { noted };
  }

  /** The rest of the part was not read: its state and its date stay. */
  private async bringSome(one: PartSync, execution: Execution): Promise<Brought> {
    const brought = await this.bring(one, execution);
    const { lease } = execution;
    const { integrationId } = lease.run;
    const { part, total } = brought.noted;
    if (isRead(brought.noted))
      await lease.write(async (manager) => {
        await manager.update(IntegrationPart, { integrationId, part }, { total });
        return {};
      });
    return brought;
  }
}

/** The parts that an earlier execution of the run has brought in step. */
async function doneIn({ manager, run }: RunLease): Promise<Map<string, IntegrationPart>> {
  const { id: runId, integrationId } = run;
  const state = 'complete';
  const done = await manager.findBy(IntegrationPart, { integrationId, runId, state });
  return new Map(done.map((noted) => [noted.part, noted]));
}

/** Faults of one part leave the members and the other parts their time for retries. */
const beside = (access: OrganizationAccess): OrganizationAccess => ({
  ...access,
  client: access.client.beside(),
});

const unread = (part: Noted['part'], state: Noted['state'], needs: string): Brought => ({
  noted: { part, state, needs, ...noPartCounts() },
});

async function concluded(manager: EntityManager, open: Brought[]): Promise<SyncCounts> {
  let counts = noCounts();
  for (const { conclude } of open) counts = addCounts(counts, (await conclude?.(manager)) ?? {});
  return counts;
}

function contextOf({ lease, progress, access, reads: _, ...rest }: Execution): PartContext {
  const { id: runId, integrationId, trigger, scope } = lease.run;
  return {
    ...{ ...rest, access: beside(access), integrationId, runId, trigger, scope },
    write: async (work) => {
      const { changeCounts } = await lease.write(async (manager) => {
        const made = await work(manager, { integrationId, runId, at: new Date() });
        return { changeCounts: addChanges(progress.changes, made) };
      });
      progress.changes = changeCounts;
    },
  };
}

/** Where the part was not read, what is known keeps its size and its date. */
async function save(manager: EntityManager, run: RunLease['run'], noted: Noted): Promise<void> {
  const asOf = isRead(noted) ? new Date() : null;
  const row = { integrationId: run.integrationId, runId: run.id, asOf, firstReadAt: asOf };
  const columns = ['state', 'needs', 'run_id', 'added', 'changed', 'removed'];
  await insertRows(manager, IntegrationPart, [{ ...noted, ...row }], {
    key: ['integration_id', 'part'],
    columns: isRead(noted) ? [...columns, 'total', 'as_of'] : columns,
    once: isRead(noted) ? ['first_read_at'] : [],
  });
}

const isRead = ({ state }: Noted): boolean => state === 'complete' || state === 'incomplete';

const resultOf = ({ state, added, changed, removed, total, held }: PartResult): PartResult => ({
  ...{ state, added, changed, removed, total },
  ...(held && { held }),
});
