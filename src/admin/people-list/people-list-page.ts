import { Injectable } from '@nestjs/common';
import { MatchesService } from '../../reviews/matching/matches.service.js';
import { WrongRows } from '../../reviews/people-list/people-list-problems.js';
import type { PeopleListVersion } from '../../reviews/people-list/people-list-version.entity.js';
import { PeopleListsService } from '../../reviews/people-list/people-lists.service.js';
import { CATEGORY_HINTS, CATEGORY_WORDS, SHOWN_CATEGORIES } from './match-words.js';
import { matchesPath } from './matches-address.js';

interface More {
  notice?: string | undefined;
  refused?: object;
  /** Why the list that was just sent was not taken. */
  wrong?: WrongRows | undefined;
}

const SOURCES = { page: 'this page', api: 'the API', command: 'the command line' };

/** The data of the page with a team's people list. */
@Injectable()
export class PeopleListPage {
  constructor(
    private readonly lists: PeopleListsService,
    private readonly matches: MatchesService,
  ) {}

  async view(teamId: number, { wrong, ...more }: More = {}) {
    const versions = await this.lists.versions(teamId);
    const recent = versions.length > 0 ? await this.matches.recentCounts(teamId) : undefined;
    return {
      title: 'People list',
      versions: versions.map(presentVersionRow),
      categories:
        recent &&
        SHOWN_CATEGORIES.map((category) => ({
          words: CATEGORY_WORDS[category],
          hint: CATEGORY_HINTS[category],
          count: recent.counts[category],
          href: matchesPath({ category }),
        })),
      isComparing: recent && !recent.isCurrent,
      wrong: wrong && { ...wrong, more: wrong.count - wrong.faults.length },
      ...more,
    };
  }
}

const presentVersionRow = ({ source, createdAt, ...version }: PeopleListVersion, i: number) => ({
  ...version,
  isCurrent: i === 0,
  source: SOURCES[source],
  createdAt: createdAt.toISOString(),
});
