import { Injectable } from '@nestjs/common';
import type { MatchCategory, MatchCounts } from '../../reviews/matching/match-category.js';
import { MatchesService } from '../../reviews/matching/matches.service.js';
import { PeopleListsService } from '../../reviews/people-list/people-lists.service.js';
import { matchRow } from './match-row.js';
import { CATEGORY_WORDS, SHOWN_CATEGORIES } from './match-words.js';
import { MatchesAddress } from './matches-address.js';

const MATCHES_PER_PAGE = 50;

interface More {
  notice?: string | undefined;
  refused?: object;
}

/** The data of the page that says who of the people list is who on GitHub. */
@Injectable()
export class MatchesPage {
  constructor(
    private readonly lists: PeopleListsService,
    private readonly matches: MatchesService,
  ) {}

  async view(teamId: number, query: unknown, more: More = {}) {
    const address = new MatchesAddress(query);
    const { category, search, after, here } = address;
    const { counts, isCurrent } = await this.matches.recentCounts(teamId);
    const filter = { teamId, category, search };
    const found = await this.matches.read({ ...filter, after, limit: MATCHES_PER_PAGE });
    return {
      title: 'Matches of the people list',
      hasList: (await this.lists.versions(teamId, 1)).length > 0,
      isComparing: !isCurrent,
      tabs: tabsOf(address, counts),
      rows: found.matches.map((match) =>
        matchRow(match, { showsCategory: category === undefined, here }),
      ),
      ...{ category, search, here },
      all: address.of(undefined),
      cleared: search && new MatchesAddress({ category }).first,
      csv: address.export('csv'),
      json: address.export('json'),
      first: after && address.first,
      next: found.next && address.page(found.next),
      ...more,
    };
  }
}

function tabsOf(address: MatchesAddress, counts: MatchCounts) {
  const tab = (category: MatchCategory | undefined, words: string, count: number) => ({
    ...{ words, count, href: address.of(category), isHere: category === address.category },
  });
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [
    tab(undefined, 'All', total),
    ...SHOWN_CATEGORIES.map((one) => tab(one, CATEGORY_WORDS[one], counts[one])),
  ];
}
