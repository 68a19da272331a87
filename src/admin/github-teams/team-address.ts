import type { PagePosition } from '../../members/listing/member-query.js';
import { formText } from '../../platform/web/form-text.js';
import { githubTeamsPath } from '../shared/github-team-path.js';

/** What is shown of a GitHub team, in the URL. Invalid values are ignored. */
export class TeamAddress {
  readonly includeChildTeams: boolean;
  /** The last member of the previous page; undefined on the first page. */
  readonly after: PagePosition | undefined;
  private readonly path: string;

  constructor(
    private readonly integrationId: number,
    private readonly githubTeamId: number,
    query: unknown,
  ) {
    this.path = githubTeamsPath(integrationId, githubTeamId);
    this.includeChildTeams = formText(query, 'includeChildTeams') === 'true';
    const [found, id, key] = /^(\d{1,15})-(.{1,255})$/u.exec(formText(query, 'after')) ?? [];
    this.after = found ? { key: key ?? '', id: Number(id) } : undefined;
  }

  get here(): string {
    return this.page(this.after);
  }

  get first(): string {
    return this.with(this.includeChildTeams);
  }

  page(after?: PagePosition): string {
    if (!after) return this.first;
    const position = encodeURIComponent(`${after.id}-${after.key}`);
    return `${this.first}${this.first.includes('?') ? '&' : '?'}after=${position}`;
  }

  /** The directory with the filter by this team. */
  get inMembers(): string {
    const children = this.includeChildTeams ? '&includeChildTeams=true' : '';
    return `/integrations/github/${this.integrationId}/members?githubTeam=${this.githubTeamId}${children}`;
  }

  with(includeChildTeams: boolean, more = ''): string {
    return `${this.path}${more}${includeChildTeams ? '?includeChildTeams=true' : ''}`;
  }
}
