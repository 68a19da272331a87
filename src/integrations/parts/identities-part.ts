import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { LimitReached } from '../../github/errors/limit-reached.js';
import { type IdentitiesRead, nothingRead } from '../../github/identities/ask-identities.js';
import { BesideProfiles } from '../../github/identities/identities-beside-profiles.js';
import {
  beginIdentities,
  describeIdentities,
  type GithubIdentity,
  type Identities,
  type IdentityOptions,
  readIdentities,
} from '../../github/identities/read-identities.js';
import { knownAmong } from '../../github/members/user-ids.js';
import type { ComparedIdentities } from '../../members/identities/compared-identities.js';
import {
  byPerson,
  countIdentities,
  type IdentifiedMember,
  type IdentityDifference,
  identityDifferences,
} from '../../members/identities/identity-difference.js';
import { IdentityUpdates } from '../../members/identities/identity-updates.js';
import { chunks } from '../../members/writing/bulk.js';
import { RunCache } from '../runs/run-cache.js';
import { noPartCounts } from './part.js';
import type { PartContext, PartOutcome, PartReading, PartSync } from './part-sync.js';

type Batches = Iterable<IdentityDifference[]> | AsyncIterable<IdentityDifference[]>;
type IdentifiedPerson = Pick<IdentifiedMember, 'githubId' | 'nodeId' | 'login'>;

/** Brings in step who the members are at work: identities of single sign-on, and addresses in verified domains. */
@Injectable()
export class IdentitiesPart implements PartSync<void> {
  readonly part = 'identities';
  private readonly kept = new RunCache(nothingRead);

  constructor(
    private readonly updates: IdentityUpdates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  besideProfiles({
    runId,
    access: { organization, visibility },
  }: Pick<PartReading, 'runId' | 'access'>): BesideProfiles {
    return new BesideProfiles(organization, this.kept.of(runId), visibility.workIdentities);
  }

  /** Asks about some people where no question about profiles does; that tells what is not visible. */
  async read(context: PartReading): Promise<void> {
    const { identities, verifiedEmails } = context.access.visibility.workIdentities;
    if (identities || verifiedEmails) return;
    for await (const some of this.updates.members(context.integrationId))
      return this.keptUntilLimit(context, () => this.begin(context, some));
  }

  async apply(context: PartContext): Promise<PartOutcome> {
    const { runId, integrationId } = context;
    const [found, batches] = await this.keptUntilLimit(context, () => this.readAll(context));
    this.kept.forget(runId);
    const newlyLinked = await this.updates.newlyLinked(integrationId, runId);
    const { refused, added, ...counts } = await this.update(context, batches);
    const missing = [found.missing, refused > 0 && notStored(refused)].filter(Boolean).join(' ');
    return {
      ...counts,
      added: added + newlyLinked,
      total: found.linked ?? 0,
      // Addresses alone do not tell who has an identity.
      isVisible: found.linked !== undefined,
      missing: missing || undefined,
    };
  }

  /** Asks for those of whom nothing came with their profiles. Returns the differences too, in batches. */
  private async readAll(context: PartContext): Promise<[Identities, Batches]> {
    const { runId, access, listed } = context;
    const { client, organization } = access;
    const options = this.options(runId);
    const compared = comparedAll(context);
    const asked = compared ? [] : onList(await this.known(context), listed);
    const found = await readIdentities(client, organization, asked, options);
    if (compared && !options.read.isByPages) return [found, chunks(compared.differences)];
    const isVisible = found.linked !== undefined;
    const identities = isVisible ? await this.described(context, options.read) : undefined;
    return [found, this.differences(context, identities, found.verifiedEmails)];
  }

  private described(context: PartContext, read: IdentitiesRead): Promise<GithubIdentity[]> {
    let ids: Promise<Map<string, number>> | undefined;
    return describeIdentities(context.access.client, read, async (nodeIds) => {
      ids ??= this.known(context).then(
        (known) => new Map(known.map(({ nodeId, githubId }) => [nodeId, githubId])),
      );
      return knownAmong(await ids, nodeIds);
    });
  }

  private async known({
    integrationId,
  }: Pick<PartReading, 'integrationId'>): Promise<IdentifiedPerson[]> {
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

  private async update({ signal, write }: PartContext, batches: Batches) {
    const counts = { ...noPartCounts(), refused: 0 };
    for await (const differences of batches) {
      signal.throwIfAborted();
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

  /** By the whole directory. */
  private async *differences(
    { integrationId, listed }: PartContext,
    identities: GithubIdentity[] | undefined,
    verifiedEmails: Identities['verifiedEmails'],
  ): AsyncGenerator<IdentityDifference[]> {
    const linked = identities && byPerson(identities);
    for await (const members of this.updates.members(integrationId))
      yield identityDifferences(onList(members, listed), linked, verifiedEmails);
  }
}

/** What came with the profiles of members, if that was everybody. */
const comparedAll = ({ identities, listed }: PartContext): ComparedIdentities | undefined =>
  identities && identities.people === listed?.size ? identities : undefined;

/** Without those who are gone, but not removed yet: GitHub shows nothing of them, and what is known stays. */
const onList = <T extends { githubId: number }>(
  members: T[],
  listed: PartContext['listed'],
): T[] => (listed ? members.filter(({ githubId }) => listed.has(githubId)) : members);

const notStored = (people: number): string =>
  `${people} corporate ${people === 1 ? 'identity' : 'identities'} could not be stored. See the log.`;
