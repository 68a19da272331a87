import { Inject, Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import {
  type OutsideCollaborator,
  readOutsideCollaborators,
} from '../../github/collaborators/read-outside-collaborators.js';
import { CollaboratorUpdates } from '../../members/directory/collaborator-updates.js';
import { Member } from '../../members/member.entity.js';
import { chunks } from '../../members/writing/bulk.js';
import type { ObservedMember } from '../../members/writing/diff.js';
import { type RemovalLimit, removalLimit } from '../member-sync/removal-limit.js';
import {
  concludingRemovals,
  type KnownCollaborator,
  waitingRemovals,
} from './held-collaborators.js';
import type { PartContext, PartOutcome, PartReading, PartSync } from './part-sync.js';

/** Brings the outside collaborators in step. Where too many seem to be gone, an admin must approve first. */
@Injectable()
export class OutsideCollaboratorsPart implements PartSync<OutsideCollaborator[]> {
  readonly part = 'outsideCollaborators';

  constructor(
    private readonly dataSource: DataSource,
    private readonly updates: CollaboratorUpdates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  read({ access }: PartReading): Promise<OutsideCollaborator[]> {
    const { twoFactor, email } = access.visibility;
    const { githubConcurrency: concurrency, maxMembers: maxPeople } = this.config.sync;
    const options = { twoFactor, email, concurrency, maxPeople };
    return readOutsideCollaborators(access.client, access.organization, options);
  }

  async apply(context: PartContext, people: OutsideCollaborator[]): Promise<PartOutcome> {
    const known = await this.known(context.integrationId);
    const seen = new Set(people.map(({ githubId }) => githubId));
    const waiting = await waitingRemovals(this.dataSource.manager, context, known);
    const held = new Set(waiting.map(({ githubId }) => githubId));
    const gone = known.filter(({ githubId }) => !seen.has(githubId) && !held.has(githubId));
    if (gone.length > 0) await context.access.checkVisibility();
    const { failed, ...counts } = await this.update(context, people);
    const leavers = gone.filter(isActive);
    const limit = await this.limit(context, known.filter(isActive).length, leavers);
    const isRemoving = gone.length > 0 && !limit.isExceeded;
    const back = waiting.filter(({ githubId }) => seen.has(githubId));
    return {
      ...counts,
      removed: isRemoving ? await this.remove(context, gone) : 0,
      total: people.length,
      conclude: concludingRemovals(context, { leavers, limit, back }),
      ...(failed > 0 && { missing: notStored(failed) }),
    };
  }

  /** Everybody whom the last complete list had. */
  private known(integrationId: number): Promise<KnownCollaborator[]> {
    return this.dataSource.manager.find(Member, {
      select: { githubId: true, login: true, status: true },
      // The index begins with the status.
      where: { integrationId, status: In(STATUSES), outside: true },
    });
  }

  private async update(context: PartContext, people: ObservedMember[]) {
    const counts = { added: 0, changed: 0, failed: 0 };
    for (const some of chunks(people)) {
      context.signal.throwIfAborted();
      const applied = await written(context, (manager, made) =>
        this.updates.apply(manager, made, some),
      );
      const added = applied.changes.collaborator_added ?? 0;
      counts.added += added;
      counts.changed += applied.created + applied.updated - added;
      counts.failed += applied.failed;
    }
    return counts;
  }

  private limit(
    { runId: id, integrationId, trigger, scope }: PartContext,
    activeBefore: number,
    leavers: KnownCollaborator[],
  ): Promise<RemovalLimit> {
    const run = { id, integrationId, trigger, scope, activeBefore };
    return removalLimit(this.dataSource.manager, run, leavers, 'outsideCollaborators');
  }

  private async remove(context: PartContext, gone: KnownCollaborator[]): Promise<number> {
    const ids = gone.map(({ githubId }) => githubId);
    const { changes } = await written(context, (manager, made) =>
      this.updates.removeAll(manager, made, ids),
    );
    return changes.collaborator_removed ?? 0;
  }
}

const STATUSES: Member['status'][] = ['active', 'left', 'disabled'];

type Write = Parameters<PartContext['write']>[0];

/** Does `work` in a transaction of the run, and returns what it did. */
async function written<T extends { changes: Awaited<ReturnType<Write>> }>(
  { write }: PartContext,
  work: (...given: Parameters<Write>) => Promise<T>,
): Promise<T> {
  let done: T | undefined;
  await write(async (...given) => {
    done = await work(...given);
    return done.changes;
  });
  return done as T;
}

/** Somebody disabled by hand does not count, and a member is not removed. */
const isActive = ({ status }: KnownCollaborator): boolean => status === 'left';

const notStored = (people: number) =>
  `${people} ${people === 1 ? 'collaborator' : 'collaborators'} could not be stored. See the log.`;
