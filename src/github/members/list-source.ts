import type { GithubClient } from '../client/github-client.js';
import type { GithubMemberPage, MemberListKind } from '../client/member-list-api.js';
import { nameChanged, organizationReplaced } from '../errors/organization-failures.js';
import { findPinned, type PinnedOrganization } from './pinned-organization.js';

/** The pages of one list at GitHub, by their numbers. */
export class ListSource {
  /** How many pages GitHub says there are; undefined where it says nothing. */
  count: number | undefined;
  private template: string | undefined;

  constructor(
    private readonly client: GithubClient,
    private readonly organization: PinnedOrganization,
    private readonly list: MemberListKind,
  ) {}

  /** Whether pages after the first can be asked for: the first names their address. */
  get hasSiblings(): boolean {
    return this.template !== undefined;
  }

  /** Whether it says who is in the organization; the others only say more of them. */
  private get isOfAll(): boolean {
    return this.list === 'members' || this.list === 'public';
  }

  /** @param etag of the page as it is known; where it still is so, the answer has no members */
  async page(number: number, etag?: string | null): Promise<GithubMemberPage> {
    const known = etag ?? undefined;
    const page =
      number === 1
        ? await this.client.lists.firstPage(this.organization.login, this.list, known)
        : await this.client.lists.siblingPage(this.template ?? '', number, known);
    if (page.siblings) this.follow(page.siblings);
    else if (number === 1 && page.members && this.isOfAll) await this.requireName();
    return page;
  }

  /** Nothing in an only page says whose it is, and its name may have changed hands since the run asked for it. */
  private async requireName(): Promise<void> {
    const { login } = this.organization;
    const present = await findPinned(this.client, this.organization);
    if (present.login !== login) throw nameChanged(login, present.login);
  }

  /** The list is asked for by name and continues by id: a name that changed hands shows there. */
  private follow({ template, count }: NonNullable<GithubMemberPage['siblings']>): void {
    const id = /\/organizations\/(\d+)\//.exec(template)?.[1];
    if (id && Number(id) !== this.organization.id)
      throw organizationReplaced(this.organization.login);
    this.template = template;
    this.count = count;
  }
}
