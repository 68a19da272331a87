import { Injectable } from '@nestjs/common';
import { Directories } from '../../integrations/connections/directories.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { MembersService } from '../../members/listing/members.service.js';
import { dayOf } from '../../members/past/as-of.js';
import {
  DIFFERENCE_KINDS,
  type DifferenceKind,
  type MemberDifference,
} from '../../members/past/member-difference.js';
import { shownError } from '../../platform/web/shown-error.js';
import { shownValues } from '../runs/change-row.js';
import { type GithubLinks, githubLinks } from '../shared/github-links.js';
import { knownPersonPath, type Person, personView } from '../shared/person-view.js';
import { presentOrganization } from '../shared/present-organization.js';
import type { DiffAddress } from './diff-address.js';

const DIFFERENCES_PER_PAGE = 100;

const WORDS: Record<DifferenceKind, string> = {
  joined: 'Joined',
  left: 'Left',
  changed: 'Changed',
};

const COLORS: Record<DifferenceKind, string> = {
  joined: 'badge-success',
  left: 'badge-neutral',
  changed: 'badge-info',
};

/** The data of the page that compares a directory on two dates. */
@Injectable()
export class MembersDiffPage {
  constructor(
    private readonly directories: Directories,
    private readonly members: MembersService,
  ) {}

  async view(integration: GithubIntegration, address: DiffAddress, signal?: AbortSignal) {
    const organization = presentOrganization(integration);
    const { from, to } = address;
    const place = { organization, from, to, today: dayOf(new Date()), isAsked: address.isAsked };
    const title = `Compare ${organization.login} on two dates`;
    if (!address.isAsked) return { ...place, title };
    try {
      return { ...place, title, ...(await this.differences(integration, address, signal)) };
    } catch (error) {
      return { ...place, title, error: shownError(error).error };
    }
  }

  private async differences(
    integration: GithubIntegration,
    address: DiffAddress,
    signal?: AbortSignal,
  ) {
    const { kind, after, period } = address;
    const comparison = await this.directories.compare(integration, period, signal);
    const limit = DIFFERENCES_PER_PAGE;
    const found = await comparison.page({ kind, after, limit: limit + 1 });
    const shown = found.slice(0, limit);
    const people = await this.members.people(
      integration.id,
      shown.map(({ githubId }) => githubId),
    );
    const pageOf = (githubId: number) => knownPersonPath(integration.id, people.get(githubId)?.id);
    const links = githubLinks(integration.apiUrl);
    const last = found.length > limit ? shown.at(-1)?.githubId : undefined;
    return {
      period,
      kinds: [undefined, ...DIFFERENCE_KINDS].map((one) => ({
        words: one ? WORDS[one] : 'All',
        href: address.with({ kind: one }),
        isHere: one === kind,
      })),
      rows: shown.map((difference) => rowOf(difference, pageOf(difference.githubId), links)),
      csv: address.export('csv'),
      json: address.export('json'),
      first: after && address.with({ kind }),
      next: last && address.with({ kind, after: last }),
    };
  }
}

const rowOf = (difference: MemberDifference, page: Person['page'], links: GithubLinks) => {
  const { kind, login, displayName: name, avatarUrl, before, after } = difference;
  return {
    ...personView({ login, name, avatarUrl, page }, links),
    badge: { word: WORDS[kind], color: COLORS[kind] },
    isNew: before === null,
    values: shownValues(before, after),
  };
};
