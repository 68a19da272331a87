import { RequestError } from '@octokit/request-error';
import { AppQuestions } from './app-questions.js';
import { noApiThere } from './failure-of.js';
import {
  check,
  ListedMember,
  membersAnswer,
  membershipAnswer,
  Organization,
  organizationAnswer,
  organizationsAnswer,
  viewerAnswer,
} from './github-answers.js';
import { GithubFailure } from './github-failure.js';
import { GithubRequest, GithubTransport } from './github-transport.js';
import { nextPage, pageCount } from './link-header.js';
import { organizationNotFound } from './organization-failures.js';
import { type ProfileOptions, ProfileReader, type Profiles } from './profiles.js';

const PER_PAGE = 100;

export interface Viewer {
  id: number;
  login: string;
  /** The scopes of a classic token; undefined where GitHub does not tell. */
  scopes: string[] | undefined;
}

/** Who the credential's owner is in an organization. */
export interface Membership {
  userId: number;
  isOwner: boolean;
}

/** The lists that GitHub has of an organization's people. */
const LISTS = {
  members: { path: 'members' },
  public: { path: 'public_members' },
  admins: { path: 'members', role: 'admin' },
  withoutTwoFactor: { path: 'members', filter: '2fa_disabled' },
} as const;

export type MemberListKind = keyof typeof LISTS;

export interface MemberPage {
  /** Undefined where the page is as the ETag said. */
  members: ListedMember[] | undefined;
  etag: string | undefined;
  /** The address of the page's siblings, with a `page` parameter to replace; undefined on an only page. */
  siblings: { template: string; count: number } | undefined;
}

interface Unchanged {
  headers: { link?: string; etag?: string };
}

/** What Rollcall asks of GitHub with one credential. Every method throws GithubFailure. */
export class GithubClient {
  /** What concerns the GitHub App. */
  readonly apps: AppQuestions;
  private readonly profileReader: ProfileReader;

  constructor(private readonly transport: GithubTransport) {
    this.apps = new AppQuestions(transport);
    this.profileReader = new ProfileReader(transport);
  }

  get usage(): Readonly<{ requests: number; notModified: number }> {
    return this.transport.usage;
  }

  /** Whose credential it is. */
  viewer(): Promise<Viewer> {
    const notFound = noApiThere(this.transport.apiUrl);
    const request: GithubRequest<Viewer> = async (octokit, request) => {
      const { data, headers } = await octokit.request('GET /user', { request });
      const { id, login } = check(viewerAnswer, data);
      const scopes = headers['x-oauth-scopes']?.split(',').map((scope) => scope.trim());
      return { id, login, scopes };
    };
    return this.transport.send(request, { notFound, leaves: (failure) => failure === notFound });
  }

  /** All the organizations that the credential may see its owner in. */
  async organizations(): Promise<Organization[]> {
    const all: Organization[] = [];
    for (let page: number | undefined = 1; page; ) {
      const found = await this.organizationsPage(page);
      all.push(...found.organizations);
      page = found.next;
    }
    return all;
  }

  organizationByLogin(login: string): Promise<Organization> {
    return this.organization('GET /orgs/{login}', { login });
  }

  /** Under its present login: a renamed organization is a 404 under its old one. */
  organizationById(id: number): Promise<Organization> {
    return this.organization('GET /organizations/{id}', { id });
  }

  /** The membership of the credential's owner; null for somebody who is not an active member. */
  async membership(login: string): Promise<Membership | null> {
    const notFound = new GithubFailure('organization_not_found', 'Not a member.', '');
    const request: GithubRequest<Membership | null> = async (octokit, request) => {
      const { data } = await octokit.request('GET /user/memberships/orgs/{org}', {
        org: login,
        request,
      });
      const { state, role, user } = check(membershipAnswer, data);
      return state === 'active' ? { userId: user.id, isOwner: role === 'admin' } : null;
    };
    return this.transport.send(request, { notFound }).catch((failure: unknown) => {
      if (failure === notFound) return null;
      throw failure;
    });
  }

  /**
   * The first page of a list of members; the others are its siblings.
   * @param etag of the page as it is known: where it still is so, the answer has no members
   */
  firstMemberPage(login: string, list: MemberListKind, etag?: string): Promise<MemberPage> {
    const { path, ...filter } = LISTS[list];
    const parameters = { org: login, per_page: PER_PAGE, ...filter };
    return this.memberPage(`GET /orgs/{org}/${path}`, parameters, etag);
  }

  /** Page `page` of the list whose first page named `template`. */
  siblingPage(template: string, page: number, etag?: string): Promise<MemberPage> {
    const url = new URL(template);
    url.searchParams.set('page', String(page));
    return this.memberPage(`GET ${url}`, {}, etag);
  }

  /** Profiles by node id. */
  profiles(nodeIds: string[], options: ProfileOptions): Promise<Profiles> {
    return this.profileReader.read(nodeIds, options);
  }

  /** Whether the list of members, or of public members, has somebody with that login. */
  async isMember(
    organization: string,
    login: string,
    list: 'members' | 'public',
  ): Promise<boolean> {
    const notFound = new GithubFailure('organization_not_found', 'Not a member.', '');
    const route = `GET /orgs/{org}/${LISTS[list].path}/{login}`;
    const asked = this.transport.send(
      (octokit, request) => octokit.request(route, { org: organization, login, request }),
      { notFound },
    );
    return asked.then(
      () => true,
      (failure: unknown) => {
        if (failure === notFound) return false;
        throw failure;
      },
    );
  }

  private organization(route: string, parameters: object): Promise<Organization> {
    return this.transport.send(
      async (octokit, request) => {
        const { data } = await octokit.request(route, { ...parameters, request });
        return check(organizationAnswer, data);
      },
      { notFound: organizationNotFound() },
    );
  }

  private organizationsPage(page: number) {
    return this.transport.send(async (octokit, request) => {
      const { data, headers } = await octokit.request('GET /user/orgs', {
        per_page: PER_PAGE,
        page,
        request,
      });
      return {
        organizations: check(organizationsAnswer, data),
        next: nextPage(headers.link, page),
      };
    });
  }

  private memberPage(route: string, parameters: object, etag?: string): Promise<MemberPage> {
    const headers = etag ? { 'if-none-match': etag } : {};
    return this.transport.send(
      async (octokit, request) => {
        const asked = octokit.request(route, { ...parameters, headers, request });
        const answer = await asked.catch((error: unknown) => this.sameAs(etag, error));
        const siblings = pageCount(answer.headers.link, this.transport.apiUrl);
        const members = 'data' in answer ? check(membersAnswer, answer.data) : undefined;
        return { members, etag: answer.headers.etag, siblings };
      },
      { notFound: organizationNotFound() },
    );
  }

  /** Octokit throws on a 304, which costs nothing of the hourly limit. */
  private sameAs(etag: string | undefined, error: unknown): Unchanged {
    if (!etag || !(error instanceof RequestError) || error.status !== 304) throw error;
    this.transport.usage.notModified++;
    return { headers: { ...error.response?.headers, etag } };
  }
}
