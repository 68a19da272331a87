import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { organizationReplaced } from '../../github/errors/organization-failures.js';
import {
  type GithubInvitation,
  readInvitations,
} from '../../github/invitations/read-invitations.js';
import type { InvitationUpdate } from '../../members/invitations/invitation-diff.js';
import { InvitationUpdates } from '../../members/invitations/invitation-updates.js';
import { inParts } from '../../platform/in-parts.js';
import { IntegrationPart } from './integration-part.entity.js';
import type { PartCounts } from './part.js';
import type { PartContext, PartOutcome, PartReading, PartSync } from './part-sync.js';

/** Of so many invitations, teams are asked for in a run: each is a request, and runs have few to spare. */
const MAX_TEAM_REQUESTS = 30;

/** Rows written in one transaction. */
const ROWS_PER_WRITE = 500;

/** Brings the invitations in step. */
@Injectable()
export class InvitationsPart implements PartSync<GithubInvitation[]> {
  readonly part = 'invitations';

  constructor(
    private readonly dataSource: DataSource,
    private readonly updates: InvitationUpdates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read({ integrationId, access }: PartReading): Promise<GithubInvitation[]> {
    const { githubConcurrency: concurrency } = this.config.sync;
    const knownTeams = await this.updates.knownTeams(this.dataSource.manager, integrationId);
    return readInvitations(access.client, access.organization, {
      ...{ concurrency, knownTeams, maxTeamRequests: MAX_TEAM_REQUESTS },
    });
  }

  async apply(context: PartContext, observed: GithubInvitation[]): Promise<PartOutcome> {
    const { integrationId, access, signal } = context;
    const { manager } = this.dataSource;
    const { githubConcurrency: concurrency } = this.config.sync;
    const { updates, people } = await this.updates.plan(manager, observed, {
      ...{ integrationId, concurrency, since: await this.lastRead(integrationId) },
      isMember: (login) => isMember(access, login),
    });
    for (const some of inParts(updates, ROWS_PER_WRITE)) {
      signal.throwIfAborted();
      await context.write((...given) => this.updates.apply(...given, some, people));
    }
    const counts = { ...countsOf(updates), total: observed.length };
    const unknown = observed.filter(({ githubTeams }) => githubTeams === null).length;
    return unknown > 0 ? { ...counts, missing: teamsUnknown(unknown) } : counts;
  }

  private async lastRead(integrationId: number): Promise<Date | null> {
    const { part } = this;
    const known = await this.dataSource.manager.findOneBy(IntegrationPart, { integrationId, part });
    return known?.asOf ?? null;
  }
}

async function isMember(
  { client, organization }: PartContext['access'],
  login: string,
): Promise<boolean> {
  const standing = await client.people.standing(organization.login, login);
  if (standing && standing.organizationId !== organization.id)
    throw organizationReplaced(organization.login);
  return standing?.isActive ?? false;
}

function countsOf(updates: InvitationUpdate[]): Omit<PartCounts, 'total'> {
  const added = updates.filter(({ before }) => before === null).length;
  const removed = updates.filter(({ after }) => !isListed(after)).length;
  return { added, changed: updates.length - added - removed, removed };
}

const isListed = ({ state }: InvitationUpdate['after']): boolean =>
  state === 'pending' || state === 'failed';

const teamsUnknown = (invitations: number) =>
  `The teams of ${invitations} ${invitations === 1 ? 'invitation' : 'invitations'}: a sync asks for those of ${MAX_TEAM_REQUESTS}. ` +
  'The next syncs ask for the others.';
