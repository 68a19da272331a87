import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { currentSender } from '../../accounts/audit/audit-sender.js';
import { recordAudit } from '../../accounts/audit/record-audit.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { githubTeamNotFound } from '../../integrations/connections/team-github-teams.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { isDay } from '../../platform/dates.js';
import { MatchComparisons } from '../matching/match-comparisons.js';
import { AccessReview } from './access-review.entity.js';
import { copyPeople } from './copy-people.js';
import { FrozenTeams } from './frozen-teams.js';
import { noRows } from './review-decisions.js';
import { dueOnInvalid, reviewEmpty, tooManyReviews } from './review-problems.js';
import { reviewSubject } from './review-subject.js';
import { type ReviewerChoice, Reviewers } from './reviewers.js';

/** What an admin says to start a review. */
export interface NewReview extends ReviewerChoice {
  name: string;
  integrationIds: number[];
  /** The last day for decisions, as `2026-03-31`, in UTC. */
  dueOn: string;
  /** How many days after closing a removal may take; 7 where undefined. */
  removalDays?: number | undefined;
}

/** Each review is a copy of whole organizations. */
const MAX_OPEN = 50;

const REMOVAL_DAYS = 7;

/** Starts access reviews. */
@Injectable()
export class ReviewStarts {
  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: IntegrationsService,
    private readonly comparisons: MatchComparisons,
  ) {}

  /**
   * Copies everybody with access as they are at one moment. Nothing is kept if that fails.
   * @throws PublicError 404 for an organization, a user or a GitHub team that the team does not have; `due_on_invalid`,
   *   `review_empty`, `too_many_reviews`, `integration_disconnected`
   */
  async start(teamId: number, asked: NewReview): Promise<AccessReview> {
    refusePast(asked.dueOn);
    const ids = [...new Set(asked.integrationIds)];
    const integrations = await Promise.all(
      ids.map((id) => this.integrations.connected(teamId, id)),
    );
    await this.comparisons.current(teamId);
    const work = (manager: EntityManager) => copied(manager, teamId, { asked, integrations });
    return inTransaction(this.dataSource, work, { ofOneMoment: true });
  }
}

interface Asked {
  asked: NewReview;
  integrations: GithubIntegration[];
}

async function copied(
  manager: EntityManager,
  teamId: number,
  { asked, integrations }: Asked,
): Promise<AccessReview> {
  const reviewers = await Reviewers.of(manager, teamId, asked);
  const teams = new Map<number, FrozenTeams>();
  for (const { id } of integrations) teams.set(id, await FrozenTeams.of(manager, id));
  const isKnown = (id: number) => [...teams.values()].some((one) => one.has(id));
  if (!reviewers.teams.every(({ githubTeamId }) => isKnown(githubTeamId)))
    throw githubTeamNotFound();
  const open = await manager.countBy(AccessReview, { teamId, state: 'open' });
  if (open >= MAX_OPEN) throw tooManyReviews(MAX_OPEN);
  const review = await manager.save(newReview(manager, teamId, { asked, integrations }));
  let total = 0;
  for (const integration of integrations) {
    const of = teams.get(integration.id) ?? new FrozenTeams([]);
    const copying = { reviewId: review.id, teamId, integration, teams: of, reviewers };
    total += await copyPeople(manager, copying);
  }
  if (total === 0) throw reviewEmpty();
  review.counts = { ...noRows(), total, undecided: total };
  await manager.update(AccessReview, { id: review.id }, { counts: review.counts });
  const organizations = review.organizations.map(({ organization }) => organization);
  const after = { organizations, dueOn: review.dueOn, people: total };
  await recordAudit(manager, {
    ...{ teamId, action: 'review.start', subject: reviewSubject(review), after },
  });
  return review;
}

const newReview = (
  manager: EntityManager,
  teamId: number,
  { asked, integrations }: Asked,
): AccessReview =>
  manager.create(AccessReview, {
    ...{ teamId, name: asked.name, dueOn: asked.dueOn, state: 'open', counts: noRows() },
    organizations: integrations.map(({ id, organizationLogin }) => ({
      ...{ integrationId: id, organization: organizationLogin },
    })),
    ...{ startedBy: currentSender().name, startedAt: new Date() },
    removalDays: asked.removalDays ?? REMOVAL_DAYS,
    ...{ closedBy: null, closedAt: null, sha256: null },
  });

function refusePast(dueOn: string): void {
  if (!isDay(dueOn) || dueOn < new Date().toISOString().slice(0, 10)) throw dueOnInvalid(dueOn);
}
