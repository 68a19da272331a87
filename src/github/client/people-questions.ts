import {
  check,
  emailsAnswer,
  membershipOfAnswer,
  type UserAnswer,
  userAnswer,
} from '../errors/github-answers.js';
import { GithubFailure } from '../errors/github-failure.js';
import { nullIfNotFound } from '../http/null-if-not-found.js';
import type { GithubTransport } from './github-transport.js';

/** GitHub's most on one page. */
const PER_PAGE = 100;

/** Somebody's standing in an organization. */
export interface StandingAnswer {
  organizationId: number;
  user: UserAnswer;
  isActive: boolean;
  isOwner: boolean;
}

/** Requests about one person. Every method throws GithubFailure. */
export class PeopleQuestions {
  constructor(private readonly transport: GithubTransport) {}

  /** The primary address of the credential's owner; undefined if it is unverified, or the credential may not see it. */
  async verifiedEmail(): Promise<string | undefined> {
    const all = await nullIfNotFound((notFound) =>
      this.transport.send(
        async (octokit, request) => {
          const { data } = await octokit.request('GET /user/emails', {
            per_page: PER_PAGE,
            request,
          });
          return check(emailsAnswer, data);
        },
        { notFound },
      ),
    ).catch(nullIfForbidden);
    return all?.find(({ primary, verified }) => primary && verified)?.email;
  }

  /** A user under their present login; null for an account that is deleted or suspended. */
  byId(id: number): Promise<UserAnswer | null> {
    return this.user('GET /user/{account_id}', { account_id: id });
  }

  /** Who has a login now; null for nobody. */
  byLogin(username: string): Promise<UserAnswer | null> {
    return this.user('GET /users/{username}', { username });
  }

  /** Null where the organization, under this login, does not have the person. */
  standing(organization: string, username: string): Promise<StandingAnswer | null> {
    return nullIfNotFound((notFound) =>
      this.transport.send(
        async (octokit, request) => {
          const route = 'GET /orgs/{org}/memberships/{username}';
          const { data } = await octokit.request(route, { org: organization, username, request });
          const { state, role, ...about } = check(membershipOfAnswer, data);
          return {
            organizationId: about.organization.id,
            user: about.user,
            isActive: state === 'active',
            isOwner: role === 'admin',
          };
        },
        { notFound },
      ),
    );
  }

  private user(route: string, parameters: object): Promise<UserAnswer | null> {
    return nullIfNotFound((notFound) =>
      this.transport.send(
        async (octokit, request) => {
          const { data } = await octokit.request(route, { ...parameters, request });
          return check(userAnswer, data);
        },
        { notFound },
      ),
    );
  }
}

function nullIfForbidden(failure: unknown): null {
  if (failure instanceof GithubFailure && failure.code === 'missing_permission') return null;
  throw failure;
}
