import { Inject, Injectable } from '@nestjs/common';
import pMap from 'p-map';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import type { GithubClient } from '../github/client/github-client.js';
import { GithubClients } from '../github/client/github-clients.js';
import type { GithubCredential } from '../github/client/github-credential.js';
import { installationProblem } from '../github/errors/app-failures.js';
import type { Installation } from '../github/errors/github-answers.js';
import { GithubFailure } from '../github/errors/github-failure.js';

const MAX_CONCURRENT_REQUESTS = 5;

/**
 * The installations of the GitHub App that somebody may connect: those of organizations that they are proven members
 * of. Otherwise anybody who types its name could read any organization that has the App.
 */
@Injectable()
export class AppInstallations {
  constructor(
    private readonly clients: GithubClients,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Includes installations that lack a permission, where GitHub does not report who is a member: `find` says what they
   * lack.
   * @param token of the person, from their sign-in at GitHub
   */
  async ofPerson(token: string): Promise<Installation[]> {
    const client = this.client({ kind: 'token', token });
    const all = await organizationInstallations(client);
    const isShown = await pMap(
      all,
      (one) => installationProblem(one) !== undefined || isMember(client, one.account.login),
      { concurrency: MAX_CONCURRENT_REQUESTS },
    );
    return all.filter((_, i) => isShown[i]);
  }

  /** @throws GithubFailure where the App is not installed there or lacks a permission, or the person is no member */
  async find(token: string, organization: string): Promise<Installation> {
    const client = this.client({ kind: 'token', token });
    const login = organization.toLowerCase();
    const all = await organizationInstallations(client);
    const found = all.find(({ account }) => account.login.toLowerCase() === login);
    const problem = found && installationProblem(found);
    if (problem) throw problem;
    if (found && (await client.membership(found.account.login))) return found;
    throw notOffered(await this.installLink());
  }

  /** The page at GitHub to install the App. */
  installLink(): Promise<string> {
    return this.client({ kind: 'app' }).apps.installLink();
  }

  private client(credential: GithubCredential): GithubClient {
    return this.clients.for({ apiUrl: this.config.github.apiUrl, credential, isUrgent: true });
  }
}

/** Those of organizations that the client's person may see. */
export async function organizationInstallations(client: GithubClient): Promise<Installation[]> {
  const all = await client.apps.installationsOfUser();
  return all.filter(({ account }) => account.type === 'Organization');
}

/** An organization that gives no answer (422) must not hide the others. */
async function isMember(client: GithubClient, login: string): Promise<boolean> {
  try {
    return (await client.membership(login)) !== null;
  } catch (error) {
    if (error instanceof GithubFailure && error.status === 422) return false;
    throw error;
  }
}

const notOffered = (link: string) =>
  new GithubFailure(
    'organization_not_found',
    'The GitHub App is not installed in this organization, or you are not a member of it.',
    `Ask an owner to install it at ${link}. Then connect the organization.`,
  );
