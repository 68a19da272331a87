import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { GithubInvitation, InvitedTeam } from '../../github/invitations/read-invitations.js';
import { insertRows } from '../../platform/database/insert-rows.js';
import { type ChangeContext, ChangeLog } from '../changes/change-log.js';
import type { ChangeCounts, ChangeDraft } from '../changes/changes.js';
import { NOBODY } from '../changes/member-change.entity.js';
import { chunks } from '../writing/bulk.js';
import {
  diffInvitations,
  type InvitationUpdate,
  type StoredInvitation,
  UNCLEAR_OUTCOME,
} from './invitation-diff.js';
import { invitationOutcomes, type OutcomeOptions } from './invitation-outcomes.js';
import { InvitedPeople } from './invited-people.js';
import { LISTED_STATES, OrganizationInvitation } from './organization-invitation.entity.js';

const OVERWRITING = {
  key: ['integration_id', 'github_id'],
  columns: [
    'login',
    'email',
    'role',
    'state',
    'failed_reason',
    'inviter_github_id',
    'inviter_login',
    'github_teams',
    'invited_at',
    'ended_at',
    'dismissed_at',
  ],
};

/** What is to be written, and who the invited people are. */
export interface InvitationPlan {
  updates: InvitationUpdate[];
  people: InvitedPeople;
}

/** Brings the stored invitations of an organization in step with GitHub's lists. */
@Injectable()
export class InvitationUpdates {
  constructor(private readonly changes: ChangeLog) {}

  /** The teams of those that GitHub listed last, by GitHub's ids of the invitations. */
  async knownTeams(
    manager: EntityManager,
    integrationId: number,
  ): Promise<Map<number, InvitedTeam[] | null>> {
    const listed = await manager.find(OrganizationInvitation, {
      select: { id: true, githubId: true, githubTeams: true },
      where: { integrationId, state: In([...LISTED_STATES]) },
    });
    return new Map(listed.map(({ githubId, githubTeams }) => [githubId, githubTeams]));
  }

  /** @param observed all that GitHub lists */
  async plan(
    manager: EntityManager,
    observed: GithubInvitation[],
    options: Omit<OutcomeOptions, 'people'>,
  ): Promise<InvitationPlan> {
    const { integrationId } = options;
    const known = await findKnown(manager, integrationId, observed);
    const people = await InvitedPeople.find(manager, integrationId, [...known, ...observed]);
    const listed = new Set(observed.map(({ githubId }) => githubId));
    const gone = known.filter(
      ({ githubId, state }) => state === 'pending' && !listed.has(githubId),
    );
    const outcomes = await invitationOutcomes(manager, gone, { ...options, people });
    const outcomeOf = ({ githubId }: StoredInvitation) => outcomes.get(githubId) ?? 'ended';
    return { updates: diffInvitations(known, observed, outcomeOf, new Date()), people };
  }

  /** In the caller's transaction. Few enough at once that it is short: see `chunks`. */
  async apply(
    manager: EntityManager,
    context: ChangeContext,
    updates: InvitationUpdate[],
    people: InvitedPeople,
  ): Promise<ChangeCounts> {
    const { integrationId } = context;
    const rows = updates.map(({ after }) => ({ integrationId, ...withoutId(after) }));
    await insertRows(manager, OrganizationInvitation, rows, OVERWRITING);
    const githubId = In(rows.map((row) => row.githubId));
    const written = await manager.find(OrganizationInvitation, {
      select: { id: true, githubId: true },
      where: { integrationId, githubId },
    });
    const ids = new Map(written.map((row) => [row.githubId, row.id]));
    const drafts = updates.flatMap((update) => {
      const draft = draftOf(update, people);
      return draft ? [{ ...draft, invitationId: ids.get(update.after.githubId) ?? null }] : [];
    });
    return this.changes.record(manager, context, drafts);
  }
}

/** Those that GitHub listed last, and those that it lists now. */
async function findKnown(
  manager: EntityManager,
  integrationId: number,
  observed: GithubInvitation[],
): Promise<OrganizationInvitation[]> {
  const found = await manager.findBy(OrganizationInvitation, {
    integrationId,
    state: In([...LISTED_STATES]),
  });
  const ids = new Set(found.map(({ githubId }) => githubId));
  const others = observed.filter(({ githubId }) => !ids.has(githubId));
  for (const some of chunks(others)) {
    const githubId = In(some.map((one) => one.githubId));
    found.push(...(await manager.findBy(OrganizationInvitation, { integrationId, githubId })));
  }
  return found;
}

/** Never null: that means somebody whom the directory did not have. */
export const NOT_INVITED = { invitedAs: '' };

/** What is known comes from the database, with our ids. */
const withoutId = ({ githubId, login, email, role, ...rest }: StoredInvitation) => ({
  ...{ githubId, login, email, role },
  ...{ state: rest.state, failedReason: rest.failedReason, githubTeams: rest.githubTeams },
  ...{ inviterGithubId: rest.inviterGithubId, inviterLogin: rest.inviterLogin },
  ...{ invitedAt: rest.invitedAt, endedAt: rest.endedAt, dismissedAt: rest.dismissedAt },
});

function draftOf(
  { after, kind }: InvitationUpdate,
  people: InvitedPeople,
): ChangeDraft | undefined {
  if (!kind) return undefined;
  const { login, email, role, state, inviterLogin, failedReason } = after;
  const invited = { invitedAs: role, invitedBy: inviterLogin };
  const ended = {
    ...invited,
    ...(state === 'failed' && { failedReason }),
    ...(state === 'ended' && { outcome: UNCLEAR_OUTCOME }),
  };
  return {
    githubId: people.personOf(login)?.githubId ?? NOBODY,
    login: login ?? email ?? '',
    kind,
    before: kind === 'invited' ? NOT_INVITED : invited,
    after: kind === 'invited' ? invited : ended,
  };
}
