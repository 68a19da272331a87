import { RequestError } from '@octokit/request-error';
import { invalidAnswer } from './failure-of.js';
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
import { fetchProfiles, Profiles } from './profiles.js';

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

export type MemberFilter = { role?: 'admin'; filter?: '2fa_disabled' };

export interface MemberPage {
  members: ListedMember[];
  etag: string | undefined;
  /** The address of the page's siblings, with a `page` parameter to replace; undefined on an only page. */
  siblings: { template: string; count: number } | undefined;
}

/** What Rollcall asks of GitHub with one credential. Every method throws GithubFailure. */
export class GithubClient {
  constructor(private readonly transport: GithubTransport) {}

  get usage(): Readonly<{ requests: number; notModified: number }> {
    return this.transport.usage;
  }

  /** Whose credential it is. */
  viewer(): Promise<Viewer> {
    return this.transport.send(async (octokit, request) => {
      const { data, headers } = await octokit.request('GET /user', { request });
      const { id, login } = check(viewerAnswer, data);
      return {
        id,
        login,
        scopes: headers['x-oauth-scopes']?.split(',').map((scope) => scope.trim()),
      };
    });
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
    return this.transport.send(request, notFound).catch((failure: unknown) => {
      if (failure === notFound) return null;
      throw failure;
    });
  }

  /** The first page of a list of members; the others are its siblings. */
  async firstMemberPage(login: string, filter: MemberFilter = {}): Promise<MemberPage> {
    const parameters = { org: login, per_page: PER_PAGE, ...filter };
    const page = await this.memberPage('GET /orgs/{org}/members', parameters);
    if (!page) throw invalidAnswer('GitHub answered 304 to a question without a condition.');
    return page;
  }

  /** Page `page` of the list whose first page named `template`; undefined where it still is as `etag` says. */
  siblingPage(template: string, page: number, etag?: string): Promise<MemberPage | undefined> {
    const url = new URL(template);
    url.searchParams.set('page', String(page));
    const headers = etag ? { 'if-none-match': etag } : {};
    return this.memberPage(`GET ${url}`, { headers });
  }

  /** Profiles by node id, at most 100 at a time, in one request. */
  profiles(nodeIds: string[], options: { email: boolean }): Promise<Profiles> {
    return this.transport.send((octokit, request) =>
      fetchProfiles(octokit, nodeIds, options, request),
    );
  }

  private organization(route: string, parameters: object): Promise<Organization> {
    return this.transport.send(async (octokit, request) => {
      const { data } = await octokit.request(route, { ...parameters, request });
      return check(organizationAnswer, data);
    }, organizationNotFound());
  }

  private organizationsPage(page: number) {
    return this.transport.send(async (octokit, request) => {
      const { data, headers } = await octokit.request('GET /user/orgs', {
        per_page: PER_PAGE,
        page,
        request,
      });
      return { organizations: check(organizationsAnswer, data), next: nextPage(headers.link) };
    });
  }

  private memberPage(route: string, parameters: object): Promise<MemberPage | undefined> {
    return this.transport.send(async (octokit, request) => {
      const answer = await this.unlessSame(octokit.request(route, { ...parameters, request }));
      if (!answer) return undefined;
      const { data, headers } = answer;
      const siblings = pageCount(headers.link, this.transport.apiUrl);
      return { members: check(membersAnswer, data), etag: headers.etag, siblings };
    }, organizationNotFound());
  }

  /** Octokit throws on a 304, which costs nothing of the hourly limit. */
  private unlessSame<T>(answer: Promise<T>): Promise<T | undefined> {
    return answer.catch((error: unknown) => {
      if (!(error instanceof RequestError) || error.status !== 304) throw error;
      this.transport.usage.notModified++;
      return undefined;
    });
  }
}

const organizationNotFound = () =>
  new GithubFailure(
    'organization_not_found',
    'GitHub knows no such organization, or the token may not see it.',
    'Check the name, and that the token has the scope read:org (classic) or "Members: read" (fine-grained).',
  );
