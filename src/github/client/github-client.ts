import {
  check,
  membershipAnswer,
  Organization,
  organizationAnswer,
  organizationsAnswer,
  viewerAnswer,
} from '../errors/github-answers.js';
import { NoApi } from '../errors/invalid-answer.js';
import { organizationNotFound } from '../errors/organization-failures.js';
import { isEnterpriseServer } from '../errors/web-address.js';
import { everyPage } from '../http/every-page.js';
import { nextPage } from '../http/link-header.js';
import { nullIfNotFound } from '../http/null-if-not-found.js';
import { AppQuestions } from './app-questions.js';
import { GithubRequest, GithubTransport } from './github-transport.js';
import { MemberListApi } from './member-list-api.js';
import { type ProfileOptions, ProfileReader, type Profiles } from './profiles.js';
import { tokenExpiry } from './token-expiry.js';

const PER_PAGE = 100;

export interface Viewer {
  id: number;
  login: string;
  /** The scopes of a classic token; undefined where GitHub does not tell. */
  scopes: string[] | undefined;
  /** When the token ends; null for never, and where GitHub does not tell. */
  expiresAt: Date | null;
}

/** Who the credential's owner is in an organization. */
export interface GithubMembership {
  userId: number;
  isOwner: boolean;
}

/** What Rollcall asks of GitHub with one credential. Every method throws GithubFailure. */
export class GithubClient {
  /** What concerns the GitHub App. */
  readonly apps: AppQuestions;
  /** Who is in an organization. */
  readonly lists: MemberListApi;
  private readonly profileReader: ProfileReader;

  constructor(private readonly transport: GithubTransport) {
    this.apps = new AppQuestions(transport);
    this.lists = new MemberListApi(transport);
    this.profileReader = new ProfileReader(transport);
  }

  get isEnterpriseServer(): boolean {
    return isEnterpriseServer(this.transport.apiUrl);
  }

  get usage(): Readonly<{ requests: number; notModified: number }> {
    return this.transport.usage;
  }

  /** Whose credential it is. */
  viewer(): Promise<Viewer> {
    const notFound = new NoApi(this.transport.apiUrl);
    const request: GithubRequest<Viewer> = async (octokit, request) => {
      const { data, headers } = await octokit.request('GET /user', { request });
      const { id, login } = check(viewerAnswer, data);
      const scopes = headers['x-oauth-scopes']?.split(',').map((scope) => scope.trim());
      const expiresAt = tokenExpiry(headers['github-authentication-token-expiration']);
      return { id, login, scopes, expiresAt };
    };
    return this.transport.send(request, {
      notFound,
      leaves: (failure) => failure instanceof NoApi,
    });
  }

  /** All the organizations that the credential may see its owner in. */
  organizations(): Promise<Organization[]> {
    return everyPage((page) => this.organizationsPage(page));
  }

  organizationByLogin(login: string): Promise<Organization> {
    return this.organization('GET /orgs/{login}', { login });
  }

  /** Under its present login: a renamed organization is a 404 under its old one. */
  organizationById(id: number): Promise<Organization> {
    return this.organization('GET /organizations/{id}', { id });
  }

  /** The membership of the credential's owner; null for somebody who is not an active member. */
  membership(login: string): Promise<GithubMembership | null> {
    return nullIfNotFound((notFound) =>
      this.transport.send(
        async (octokit, request) => {
          const route = 'GET /user/memberships/orgs/{org}';
          const { data } = await octokit.request(route, { org: login, request });
          const { state, role, user } = check(membershipAnswer, data);
          return state === 'active' ? { userId: user.id, isOwner: role === 'admin' } : null;
        },
        { notFound },
      ),
    );
  }

  /** Profiles by node id. */
  profiles(nodeIds: string[], options: ProfileOptions): Promise<Profiles> {
    return this.profileReader.read(nodeIds, options);
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
        items: check(organizationsAnswer, data),
        next: nextPage(headers.link, page),
      };
    });
  }
}
