import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { Member } from '../../members/member.entity.js';
import { byKey } from '../../platform/database/batched.js';
import { currentPeople } from '../people-list/current-people.js';
import { type MatchFilter, type MatchPosition, selectMatches } from './find-matches.js';
import type { Match } from './match.entity.js';
import { type MatchCounts, noMatches } from './match-category.js';
import { MatchComparisons } from './match-comparisons.js';
import { listPersonNotFound } from './match-problems.js';
import { type PresentedMatch, presentMatch, type ShownMatch, unmatched } from './present-match.js';

export interface MatchQuery extends MatchFilter {
  limit: number;
  after?: MatchPosition | undefined;
}

export interface MatchesPage {
  matches: PresentedMatch[];
  /** Where the next page begins; undefined on the last one. */
  next: MatchPosition | undefined;
}

const MATCHES_PER_READ = 1_000;

/** Reads who of a team's people list is who on GitHub. */
@Injectable()
export class MatchesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly integrations: IntegrationsService,
    private readonly comparisons: MatchComparisons,
  ) {}

  /** Counts for a page, which waits only shortly. `isCurrent`: false where a newer comparison is being made. */
  async recentCounts(teamId: number): Promise<{ counts: MatchCounts; isCurrent: boolean }> {
    const { comparison, isCurrent } = await this.comparisons.recent(teamId);
    return { counts: comparison.counts ?? noMatches(), isCurrent };
  }

  async counts(teamId: number): Promise<MatchCounts> {
    return (await this.comparisons.current(teamId)).counts ?? noMatches();
  }

  async page(query: MatchQuery): Promise<MatchesPage> {
    await this.comparisons.current(query.teamId);
    return this.read(query);
  }

  /** All that a filter finds, as they are when they are read. */
  async *all(filter: MatchFilter, signal?: AbortSignal): AsyncGenerator<PresentedMatch> {
    await this.comparisons.current(filter.teamId);
    for (let after: MatchPosition | undefined; ; ) {
      signal?.throwIfAborted();
      const page = await this.read({ ...filter, after, limit: MATCHES_PER_READ });
      yield* page.matches;
      if (!page.next) return;
      after = page.next;
    }
  }

  /** Somebody of the current list. @throws PublicError `list_person_not_found` */
  async ofPerson(teamId: number, personId: number): Promise<PresentedMatch> {
    await this.comparisons.current(teamId);
    const { manager } = this.dataSource;
    const [person] = await currentPeople(manager, teamId, [personId]);
    if (!person) throw listPersonNotFound();
    const match = await selectMatches(manager, { teamId }).andWhere({ personId }).getOne();
    const [presented] = match ? await this.present(teamId, [match]) : [];
    return presented ?? unmatched(person);
  }

  /** As they were last compared: see `recentCounts`. */
  async read({ limit, after, ...filter }: MatchQuery): Promise<MatchesPage> {
    const found = await selectMatches(this.dataSource.manager, filter, after)
      .limit(limit + 1)
      .getMany();
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return {
      matches: await this.present(filter.teamId, shown),
      next: last && { sortKey: last.sortKey, id: last.id },
    };
  }

  private async present(teamId: number, matches: Match[]): Promise<PresentedMatch[]> {
    const { manager } = this.dataSource;
    const personIds = matches.flatMap(({ personId }) => personId ?? []);
    const memberIds = matches.flatMap(membersOf);
    const [people, members, integrations] = await Promise.all([
      currentPeople(manager, teamId, personIds),
      manager.findBy(Member, { id: In(memberIds) }),
      this.integrations.list(teamId),
    ]);
    const parts = {
      people: byKey(people, ({ personId }) => personId),
      members: byKey(members, ({ id }) => id),
      integrations: byKey(integrations, ({ id }) => id),
    };
    return matches.map((match) => presentMatch(match, parts));
  }
}

const membersOf = ({ memberId, candidates }: ShownMatch): number[] =>
  memberId === null ? (candidates ?? []) : [memberId];
