import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { readOutsideCollaborators } from '../../github/collaborators/read-outside-collaborators.js';
import { CollaboratorUpdates } from '../../members/directory/collaborator-updates.js';
import { Member } from '../../members/member.entity.js';
import { chunks } from '../../members/writing/bulk.js';
import { exceedsLimits } from '../member-sync/removal-limit.js';
import { noPartCounts } from './part.js';
import type { PartContext, PartOutcome, PartSync } from './part-sync.js';

/** Brings the outside collaborators in step. Where too many seem to be gone, it removes none of them. */
@Injectable()
export class OutsideCollaboratorsPart implements PartSync {
  readonly part = 'outsideCollaborators';

  constructor(
    private readonly dataSource: DataSource,
    private readonly updates: CollaboratorUpdates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async sync(context: PartContext): Promise<PartOutcome> {
    const { client, organization, visibility, integration } = context.access;
    const { twoFactor, email } = visibility;
    const { githubConcurrency: concurrency, maxMembers: maxPeople } = this.config.sync;
    const known = await this.known(context.integrationId);
    const options = { twoFactor, email, concurrency, maxPeople };
    const people = await readOutsideCollaborators(client, organization, options);
    const seen = new Set(people.map(({ githubId }) => githubId));
    const gone = known.filter(({ githubId }) => !seen.has(githubId));
    if (gone.length > 0) await context.access.checkVisibility();
    const counts = { ...noPartCounts(), total: people.length };
    let failed = 0;
    for (const some of chunks(people)) {
      context.signal.throwIfAborted();
      const applied = await written(context, (manager, made) =>
        this.updates.apply(manager, made, some),
      );
      const added = applied.changes.collaborator_added ?? 0;
      counts.added += added;
      counts.changed += applied.created + applied.updated - added;
      failed += applied.failed;
    }
    const active = known.filter(isActive).length;
    if (exceedsLimits(integration, gone.filter(isActive).length, active))
      return { ...counts, missing: tooMany(gone.length) };
    if (gone.length > 0) {
      const ids = gone.map(({ githubId }) => githubId);
      const { changes } = await written(context, (manager, made) =>
        this.updates.removeAll(manager, made, ids),
      );
      counts.removed = changes.collaborator_removed ?? 0;
    }
    return failed > 0 ? { ...counts, missing: notStored(failed) } : counts;
  }

  /** Everybody whom the last complete list had. */
  private known(integrationId: number): Promise<Pick<Member, 'githubId' | 'status'>[]> {
    return this.dataSource.manager.find(Member, {
      select: { githubId: true, status: true },
      where: { integrationId, outside: true },
    });
  }
}

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
const isActive = ({ status }: Pick<Member, 'status'>): boolean => status === 'left';

const tooMany = (people: number) =>
  `${people} collaborators seem to be gone, which is above the limits of removal protection. Nobody was removed. ` +
  'Check them on GitHub, or raise the limits in the settings and sync again.';

const notStored = (people: number) =>
  `${people} ${people === 1 ? 'collaborator' : 'collaborators'} could not be stored. See the log.`;
