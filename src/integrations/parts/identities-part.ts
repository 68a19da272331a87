import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { LimitReached } from '../../github/errors/limit-reached.js';
import { nothingRead } from '../../github/identities/ask-identities.js';
import {
  beginIdentities,
  type Identities,
  type IdentityOptions,
  readIdentities,
} from '../../github/identities/read-identities.js';
import { knownAmong } from '../../github/members/user-ids.js';
import {
  byPerson,
  countIdentities,
  type IdentifiedMember,
  identityDifferences,
} from '../../members/identities/identity-difference.js';
import { IdentityUpdates } from '../../members/identities/identity-updates.js';
import { RunCache } from '../runs/run-cache.js';
import { noPartCounts } from './part.js';
import type { PartContext, PartOutcome, PartReading, PartSync } from './part-sync.js';

type IdentifiedPerson = Pick<IdentifiedMember, 'githubId' | 'nodeId' | 'login'>;

/** Brings in step who the members are at work: identities of single sign-on, and addresses in verified domains. */
@Injectable()
export class IdentitiesPart implements PartSync<IdentifiedPerson[]> {
  readonly part = 'identities';
  private readonly kept = new RunCache(nothingRead);

  constructor(
    private readonly updates: IdentityUpdates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Begins with the members whom the directory has, then asks for those who were applied; `apply` proves it. */
  read(context: PartReading): Promise<IdentifiedPerson[]> {
    return this.keptUntilLimit(context, async () => {
      await this.begin(context, await this.known(context));
      await context.applied;
      const members = await this.known(context);
      await this.begin(context, members);
      return members;
    });
  }

  async apply(context: PartContext, known: IdentifiedPerson[]): Promise<PartOutcome> {
    const read = await this.keptUntilLimit(context, () => this.readAll(context, known));
    this.kept.forget(context.runId);
    const { identities } = read;
    const { refused, ...counts } = await this.update(context, read);
    const missing = [read.missing, refused > 0 && notStored(refused)].filter(Boolean).join(' ');
    return {
      ...counts,
      total: identities?.length ?? 0,
      // Addresses alone do not tell who has an identity.
      isVisible: identities !== undefined,
      missing: missing || undefined,
    };
  }

  private async readAll(
    { runId, access, listed }: PartContext,
    known: IdentifiedPerson[],
  ): Promise<Identities> {
    const { client, organization } = access;
    const members = onList(known, listed);
    const ids = new Map(members.map(({ nodeId, githubId }) => [nodeId, githubId]));
    return readIdentities(client, organization, members, {
      ...this.options(runId),
      knownIds: async (nodeIds) => knownAmong(ids, nodeIds),
    });
  }

  private async known({ integrationId }: PartReading): Promise<IdentifiedPerson[]> {
    const known: IdentifiedPerson[] = [];
    for await (const some of this.updates.members(integrationId))
      for (const { githubId, nodeId, login } of some) known.push({ githubId, nodeId, login });
    return known;
  }

  private begin({ runId, access }: PartReading, people: IdentifiedPerson[]): Promise<void> {
    const { client, organization } = access;
    return beginIdentities(client, organization, people, this.options(runId));
  }

  /** What was read before a limit is kept for the next execution of the run; after another failure, nothing is. */
  private async keptUntilLimit<T>(
    { runId }: Pick<PartReading, 'runId'>,
    read: () => Promise<T>,
  ): Promise<T> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof LimitReached)) this.kept.forget(runId);
      throw error;
    }
  }

  private options(runId: number): IdentityOptions {
    return { concurrency: this.config.sync.githubConcurrency, read: this.kept.of(runId) };
  }

  private async update(
    { integrationId, listed, signal, write }: PartContext,
    { identities, verifiedEmails }: Identities,
  ) {
    const counts = { ...noPartCounts(), refused: 0 };
    const linked = identities && byPerson(identities);
    for await (const members of this.updates.members(integrationId)) {
      signal.throwIfAborted();
      const differences = identityDifferences(onList(members, listed), linked, verifiedEmails);
      const fitting = this.updates.fitting(differences);
      const { added, changed, removed } = countIdentities(fitting);
      counts.added += added;
      counts.changed += changed;
      counts.removed += removed;
      counts.refused += differences.length - fitting.length;
      if (fitting.length > 0)
        await write((manager, made) => this.updates.apply(manager, made, fitting));
    }
    return counts;
  }
}

/** Without those who are gone, but not removed yet: GitHub shows nothing of them, and what is known stays. */
const onList = <T extends { githubId: number }>(
  members: T[],
  listed: PartContext['listed'],
): T[] => (listed ? members.filter(({ githubId }) => listed.has(githubId)) : members);

const notStored = (people: number): string =>
  `${people} corporate ${people === 1 ? 'identity' : 'identities'} could not be stored. See the log.`;
