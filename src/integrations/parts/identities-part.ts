import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { LimitReached } from '../../github/errors/limit-reached.js';
import {
  type Identities,
  nothingRead,
  readIdentities,
} from '../../github/identities/read-identities.js';
import {
  byPerson,
  countIdentities,
  type IdentifiedMember,
  identityDifferences,
} from '../../members/identities/identity-difference.js';
import { IdentityUpdates } from '../../members/identities/identity-updates.js';
import { RunCache } from '../runs/run-cache.js';
import { noPartCounts } from './part.js';
import type { PartContext, PartOutcome, PartSync } from './part-sync.js';

/** Brings in step who the members are at work: identities of single sign-on, and addresses in verified domains. */
@Injectable()
export class IdentitiesPart implements PartSync {
  readonly part = 'identities';
  private readonly kept = new RunCache(nothingRead);

  constructor(
    private readonly updates: IdentityUpdates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async sync(context: PartContext): Promise<PartOutcome> {
    const read = await this.readOrWait(context);
    const { identities } = read;
    const { refused, ...counts } = await this.apply(context, read);
    const missing = [read.missing, refused > 0 && notStored(refused)].filter(Boolean).join(' ');
    return {
      ...counts,
      total: identities?.length ?? 0,
      // Addresses alone do not tell who has an identity.
      isVisible: identities !== undefined,
      missing: missing || undefined,
    };
  }

  /** What was read before a limit is kept for the next execution of the run. */
  private async readOrWait(context: PartContext): Promise<Identities> {
    try {
      const read = await this.read(context);
      this.kept.forget(context.runId);
      return read;
    } catch (error) {
      if (!(error instanceof LimitReached)) this.kept.forget(context.runId);
      throw error;
    }
  }

  private async read({ integrationId, runId, access, listed }: PartContext): Promise<Identities> {
    const ids = new Map<string, number>();
    for await (const some of this.updates.members(integrationId))
      for (const { nodeId, githubId } of onList(some, listed)) ids.set(nodeId, githubId);
    return readIdentities(access.client, access.organization, [...ids.keys()], {
      concurrency: this.config.sync.githubConcurrency,
      read: this.kept.of(runId),
      knownIds: async (nodeIds) =>
        new Map(
          nodeIds.flatMap((nodeId) => {
            const githubId = ids.get(nodeId);
            return githubId === undefined ? [] : [[nodeId, githubId]];
          }),
        ),
    });
  }

  private async apply(
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
const onList = (members: IdentifiedMember[], listed: PartContext['listed']): IdentifiedMember[] =>
  listed ? members.filter(({ githubId }) => listed.has(githubId)) : members;

const notStored = (people: number): string =>
  `${people} corporate ${people === 1 ? 'identity' : 'identities'} could not be stored. See the log.`;
