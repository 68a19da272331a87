import type { GithubClient } from '../client/github-client.js';
import type { GithubMemberPage, MemberListKind } from '../client/member-list-api.js';
import { organizationReplaced } from '../errors/organization-failures.js';
import type { PinnedOrganization } from '../organization.js';
import { requirePinned } from './pinned-organization.js';

/** The pages of one GitHub list, by number. */
export class ListSource {
  /** The number of pages that GitHub reports; undefined if it reports none. */
  count: number | undefined;
  private template: string | undefined;

  constructor(
    private readonly client: GithubClient,
    private readonly organization: PinnedOrganization,
    private readonly list: MemberListKind,
  ) {}

  /** Whether the first page gave the address of the others. */
  get hasSiblings(): boolean {
    return this.template !== undefined;
  }

  /** Whether the list tells who is present; the other lists only add details. */
  private get tellsPresence(): boolean {
    return ['members', 'public', 'outsideCollaborators'].includes(this.list);
  }

  /** @param etag of the known page; if the page still has it, the answer has no members */
  async page(number: number, etag?: string | null): Promise<GithubMemberPage> {
    const known = etag ?? undefined;
    const page =
      number === 1
        ? await this.client.lists.firstPage(this.organization.login, this.list, known)
        : await this.client.lists.siblingPage(
            { list: this.list, template: this.template ?? '' },
            number,
            known,
          );
    if (page.siblings) this.follow(page.siblings);
    else if (number === 1 && page.members && this.tellsPresence)
      await requirePinned(this.client, this.organization);
    return page;
  }

  /** The first page is read by name, the next ones by id: the id shows if another one took the name. */
  private follow({ template, count }: NonNullable<GithubMemberPage['siblings']>): void {
    const id = /\/organizations\/(\d+)\//.exec(template)?.[1];
    if (id && Number(id) !== this.organization.id)
      throw organizationReplaced(this.organization.login);
    this.template = template;
    this.count = count;
  }
}
