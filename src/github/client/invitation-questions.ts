import type { Octokit } from '@octokit/rest';
import {
  check,
  invitationsAnswer,
  type ListedInvitation,
  type ListedTeam,
  teamsAnswer,
} from '../errors/github-answers.js';
import { partNotVisible } from '../errors/part-failures.js';
import { everyPage } from '../http/every-page.js';
import { nextPage } from '../http/link-header.js';
import { nullIfNotFound } from '../http/null-if-not-found.js';
import type { GithubTransport, SendOptions } from './github-transport.js';

const PER_PAGE = 100;

const PATHS = { pending: 'invitations', failed: 'failed_invitations' } as const;

/** Requests about invitations, which owners and Apps may see. Every method throws GithubFailure. */
export class InvitationQuestions {
  constructor(private readonly transport: GithubTransport) {}

  /** All that wait, or all that failed. */
  list(org: string, state: keyof typeof PATHS): Promise<ListedInvitation[]> {
    const route = `GET /orgs/{org}/${PATHS[state]}`;
    const notFound = partNotVisible('invitations');
    return this.every(route, { org }, (data) => check(invitationsAnswer, data), { notFound });
  }

  /** The teams that an invitation leads to; null if it is gone. */
  teams(org: string, invitation: number): Promise<ListedTeam[] | null> {
    const route = 'GET /orgs/{org}/invitations/{invitation_id}/teams';
    const about = { org, invitation_id: invitation };
    return nullIfNotFound((notFound) =>
      this.every(route, about, (data) => check(teamsAnswer, data), { notFound }),
    );
  }

  private every<T>(
    route: string,
    parameters: Parameters<Octokit['request']>[1],
    read: (data: unknown) => T[],
    options: SendOptions,
  ): Promise<T[]> {
    return everyPage((page) =>
      this.transport.send(async (octokit, request) => {
        const asked = { ...parameters, per_page: PER_PAGE, page, request };
        const { data, headers } = await octokit.request(route, asked);
        return { items: read(data), next: nextPage(headers.link, page) };
      }, options),
    );
  }
}
