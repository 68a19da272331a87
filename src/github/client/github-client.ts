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
import { HookQuestions } from './hook-questions.js';
import { IdentityQuestions } from './identity-questions.js';
import { InvitationQuestions } from './invitation-questions.js';
import { MemberListApi } from './member-list-api.js';
import { PeopleQuestions } from './people-questions.js';
import { type ProfileOptions, ProfileReader, type Profiles } from './profiles.js';
import { TeamQuestions } from './team-questions.js';
import { tokenExpiry } from './token-expiry.js';

const PER_PAGE = 100;

export interface Viewer {
  id: number;
  login: string;
  /** The scopes of a classic token; undefined if GitHub does not send them. */
  scopes: string[] | undefined;
  /** When the token expires; null if never, or if GitHub does not tell. */
  expiresAt: Date | null;
}

/** The credential owner's membership of an organization, which has its present name here. */
export interface GithubMembership {
  organization: { id: number; login: string };
  userId: number;
  isOwner: boolean;
}

/** Requests to GitHub with one credential. Every method throws GithubFailure. */
export class GithubClient {
  /** Requests about the GitHub App. */
  readonly apps: AppQuestions;
  /** Webhooks and their deliveries. */
  readonly hooks: HookQuestions;
  /** Who people are at work. */
  readonly identities: IdentityQuestions;
  /** Who is invited to organizations. */
  readonly invitations: InvitationQuestions;
  /** The members of organizations. */
  readonly lists: MemberListApi;
  /** Single people. */
  readonly people: PeopleQuestions;
  /** The teams of organizations. */
  readonly teams: TeamQuestions;
  private readonly profileReader: ProfileReader;

  constructor(private readonly transport: GithubTransport) {
    this.apps = new AppQuestions(transport);
    this.hooks = new HookQuestions(transport);
    this.identities = new IdentityQuestions(transport);
    this.invitations = new InvitationQuestions(transport);
    this.lists = new MemberListApi(transport);
    this.people = new PeopleQuestions(transport);
    this.teams = new TeamQuestions(transport);
    this.profileReader = new ProfileReader(transport);
  }

  get isEnterpriseServer(): boolean {
    return isEnterpriseServer(this.transport.apiUrl);
  }

  get usage(): Readonly<{ requests: number; notModified: number }> {
    return this.transport.usage;
  }

  /** Whether GitHub does not answer, and requests are tried again. */
  get isRetrying(): boolean {
    return this.transport.isRetrying;
  }

  /** The same credential and counts: faults of its requests leave this client its time for retries. */
  beside(): GithubClient {
    return new GithubClient(this.transport.beside());
  }

  /** The credential's owner. */
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

  /** All organizations of the owner that the credential may see. */
  organizations(): Promise<Organization[]> {
    return everyPage((page) => this.organizationsPage(page));
  }

  organizationByLogin(login: string): Promise<Organization> {
    return this.organization('GET /orgs/{login}', { login });
  }

  /** Finds a renamed organization too; its old login is a 404. */
  organizationById(id: number): Promise<Organization> {
    return this.organization('GET /organizations/{id}', { id });
  }

  /** The membership of the credential's owner; null if it is not active. */
  membership(login: string): Promise<GithubMembership | null> {
    return nullIfNotFound((notFound) =>
      this.transport.send(
        async (octokit, request) => {
          const route = 'GET /user/memberships/orgs/{org}';
          const { data } = await octokit.request(route, { org: login, request });
          const { state, role, user, organization } = check(membershipAnswer, data);
          if (state !== 'active') return null;
          return { organization, userId: user.id, isOwner: role === 'admin' };
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
