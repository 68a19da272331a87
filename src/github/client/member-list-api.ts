import { RequestError } from '@octokit/request-error';
import { check, ListedMember, membersAnswer } from '../errors/github-answers.js';
import { invalidAnswer } from '../errors/invalid-answer.js';
import { organizationNotFound } from '../errors/organization-failures.js';
import { pageCount } from '../http/link-header.js';
import { nullIfNotFound } from '../http/null-if-not-found.js';
import type { GithubTransport } from './github-transport.js';

const PER_PAGE = 100;

/** The lists that GitHub has of an organization's people. Only owners and Apps may read outside collaborators. */
const LISTS = {
  members: { path: 'members' },
  public: { path: 'public_members' },
  admins: { path: 'members', role: 'admin' },
  withoutTwoFactor: { path: 'members', filter: '2fa_disabled' },
  outsideCollaborators: { path: 'outside_collaborators' },
  collaboratorsWithoutTwoFactor: { path: 'outside_collaborators', filter: '2fa_disabled' },
} as const;

export type MemberListKind = keyof typeof LISTS;

/** All pages of the list of members wait for these. */
const AWAITED: ReadonlySet<MemberListKind> = new Set(['admins', 'withoutTwoFactor']);

export interface GithubMemberPage {
  /** Undefined if the page still has the ETag. */
  members: ListedMember[] | undefined;
  etag: string | undefined;
  /** The address of the other pages, with a `page` parameter to replace; undefined if there are none. */
  siblings: { template: string; count: number } | undefined;
}

const pageIsTooLong = () =>
  invalidAnswer("A page of GitHub's list has more people than requested.");

interface Unchanged {
  headers: { link?: string; etag?: string };
}

/** Requests about the members of an organization. Every method throws GithubFailure. */
export class MemberListApi {
  constructor(private readonly transport: GithubTransport) {}

  /**
   * The first page of a list of members; it has the address of the others.
   * @param etag of the known page: if the page still has it, the answer has no members
   */
  firstPage(login: string, list: MemberListKind, etag?: string): Promise<GithubMemberPage> {
    const { path, ...filter } = LISTS[list];
    const parameters = { org: login, per_page: PER_PAGE, ...filter };
    return this.page(list, `GET /orgs/{org}/${path}`, parameters, etag);
  }

  /** Page `page` of the list whose first page has `template`. */
  siblingPage(
    { list, template }: { list: MemberListKind; template: string },
    page: number,
    etag?: string,
  ): Promise<GithubMemberPage> {
    const url = new URL(template);
    url.searchParams.set('page', String(page));
    return this.page(list, `GET ${url}`, {}, etag);
  }

  /** Whether the list of members, or of public members, has this login. */
  async has(organization: string, login: string, list: 'members' | 'public'): Promise<boolean> {
    const route = `GET /orgs/{org}/${LISTS[list].path}/{login}`;
    const found = await nullIfNotFound((notFound) =>
      this.transport.send(
        (octokit, request) => octokit.request(route, { org: organization, login, request }),
        { notFound },
      ),
    );
    return found !== null;
  }

  private page(
    list: MemberListKind,
    route: string,
    parameters: object,
    etag?: string,
  ): Promise<GithubMemberPage> {
    const headers = etag ? { 'if-none-match': etag } : {};
    return this.transport.send(
      async (octokit, request) => {
        const asked = octokit.request(route, { ...parameters, headers, request });
        const answer = await asked.catch((error: unknown) => this.sameAs(etag, error));
        const siblings = pageCount(answer.headers.link, this.transport.apiUrl);
        const members = 'data' in answer ? check(membersAnswer, answer.data) : undefined;
        if (members && members.length > PER_PAGE) throw pageIsTooLong();
        return { members, etag: answer.headers.etag, siblings };
      },
      { notFound: organizationNotFound(), isAwaited: AWAITED.has(list) },
    );
  }

  /** Octokit throws on a 304, which does not count for the hourly limit. */
  private sameAs(etag: string | undefined, error: unknown): Unchanged {
    if (!etag || !(error instanceof RequestError) || error.status !== 304) throw error;
    this.transport.usage.notModified++;
    return { headers: { ...error.response?.headers, etag } };
  }
}
