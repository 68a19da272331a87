import { notInstalled } from '../errors/app-failures.js';
import {
  appAnswer,
  check,
  Installation,
  installationAnswer,
  installationsAnswer,
} from '../errors/github-answers.js';
import { GithubFailure } from '../errors/github-failure.js';
import { everyPage } from '../http/every-page.js';
import { nextPage } from '../http/link-header.js';
import type { GithubTransport } from './github-transport.js';

const PER_PAGE = 100;

/** Requests about Rollcall's own GitHub App. Every method throws GithubFailure. */
export class AppQuestions {
  constructor(private readonly transport: GithubTransport) {}

  /** The page where people install the App. */
  installLink(): Promise<string> {
    return this.transport.send(async (octokit, request) => {
      const { data } = await octokit.request('GET /app', { request });
      return `${check(appAnswer, data).html_url}/installations/new`;
    });
  }

  /** @throws GithubFailure `bad_credentials` if it was removed, with the link to install it again */
  async installation(id: number): Promise<Installation> {
    const asked = this.transport.send(async (octokit, request) => {
      const route = 'GET /app/installations/{installation_id}';
      const { data } = await octokit.request(route, { installation_id: id, request });
      return check(installationAnswer, data);
    });
    return asked.catch(async (failure: GithubFailure) => {
      const isGone = (failure.cause as { status?: number } | undefined)?.status === 404;
      throw isGone ? notInstalled(await this.installLink(), failure) : failure;
    });
  }

  /** Those that the owner of the token may see. */
  installationsOfUser(): Promise<Installation[]> {
    return everyPage((page) => this.installationsPage(page));
  }

  private installationsPage(page: number) {
    return this.transport.send(async (octokit, request) => {
      const parameters = { per_page: PER_PAGE, page, request };
      const { data, headers } = await octokit.request('GET /user/installations', parameters);
      const { installations } = check(installationsAnswer, data);
      return { items: installations, next: nextPage(headers.link, page) };
    });
  }
}
