import {
  check,
  deliveriesAnswer,
  type HookDelivery,
  hookAnswer,
  hooksAnswer,
} from '../errors/github-answers.js';
import type { GithubFailure } from '../errors/github-failure.js';
import { hookFailure, isRefusedHook } from '../errors/hook-failures.js';
import { everyPage } from '../http/every-page.js';
import { nextCursor, nextPage } from '../http/link-header.js';
import { nullIfNotFound } from '../http/null-if-not-found.js';
import type { GithubRequest, GithubTransport, SendOptions } from './github-transport.js';

const PER_PAGE = 100;

/** Of failed deliveries. What is older waits for the next time. */
const MAX_PAGES = 10;

/** A webhook as it is to be at GitHub. */
export interface HookSettings {
  url: string;
  secret: string;
  events: readonly string[];
}

/** Whose webhook: an organization's, by its login and the webhook's id; or the GitHub App's own. */
export type HookOwner = { org: string; hookId: number } | 'app';

/** Requests about webhooks. Every method throws GithubFailure. */
export class HookQuestions {
  constructor(private readonly transport: GithubTransport) {}

  /** All of an organization. @throws GithubFailure `missing_permission` */
  async list(org: string): Promise<{ id: number; url: string | undefined }[]> {
    const all = await everyPage((page) => this.page(org, page));
    return all.map(({ id, config }) => ({ id, url: config.url }));
  }

  /** @returns its id. @throws GithubFailure `webhook_refused` if GitHub does not accept it, as where it has it already */
  create(org: string, settings: HookSettings): Promise<number> {
    return this.ask(async (octokit, request) => {
      const body = { org, name: 'web', ...bodyOf(settings), request };
      const { data } = await octokit.request('POST /orgs/{org}/hooks', body);
      return check(hookAnswer, data).id;
    });
  }

  update(org: string, hookId: number, settings: HookSettings): Promise<void> {
    return this.ask(async (octokit, request) => {
      const body = { org, hook_id: hookId, ...bodyOf(settings), request };
      await octokit.request('PATCH /orgs/{org}/hooks/{hook_id}', body);
    });
  }

  /** Does nothing if it is gone already. */
  async remove(org: string, hookId: number): Promise<void> {
    await nullIfNotFound((notFound) =>
      this.ask(
        async (octokit, request) => {
          const route = 'DELETE /orgs/{org}/hooks/{hook_id}';
          await octokit.request(route, { org, hook_id: hookId, request });
        },
        { notFound },
      ),
    );
  }

  /** Deliveries that failed since then, newest first. GitHub lists those of 3 days. */
  async failed(owner: HookOwner, since: Date): Promise<HookDelivery[]> {
    const failed: HookDelivery[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MAX_PAGES; page++) {
      const { items, next } = await this.deliveries(owner, cursor);
      const recent = items.filter(({ delivered_at }) => new Date(delivered_at) >= since);
      // An older Enterprise Server lists successes too.
      failed.push(...recent.filter(({ status_code: code }) => code < 200 || code >= 400));
      if (!next || recent.length < items.length) break;
      cursor = next;
    }
    return failed;
  }

  /** Asks GitHub to send a delivery again, under its GUID. */
  redeliver(owner: HookOwner, id: string): Promise<void> {
    return this.ask(async (octokit, request) => {
      const route = `POST ${pathOf(owner)}/{delivery_id}/attempts`;
      await octokit.request(route, { ...parametersOf(owner), delivery_id: id, request });
    });
  }

  private page(org: string, page: number) {
    return this.ask(async (octokit, request) => {
      const parameters = { org, per_page: PER_PAGE, page, request };
      const { data, headers } = await octokit.request('GET /orgs/{org}/hooks', parameters);
      return { items: check(hooksAnswer, data), next: nextPage(headers.link, page) };
    });
  }

  private deliveries(owner: HookOwner, cursor: string | undefined) {
    return this.ask(async (octokit, request) => {
      const asked = { per_page: PER_PAGE, status: 'failure', cursor, request };
      const { data, headers } = await octokit.request(`GET ${pathOf(owner)}`, {
        ...parametersOf(owner),
        ...asked,
      });
      return { items: check(deliveriesAnswer, data), next: nextCursor(headers.link) };
    });
  }

  /** A refusal stays one, so it is not tried again. */
  private ask<T>(request: GithubRequest<T>, options: SendOptions = {}): Promise<T> {
    const asked = this.transport.send(request, { ...options, leaves: isRefusedHook });
    return asked.catch((failure: GithubFailure) => {
      throw hookFailure(failure, this.transport.apiUrl);
    });
  }
}

const bodyOf = ({ url, secret, events }: HookSettings) => ({
  active: true,
  events: [...events],
  config: { url, secret, content_type: 'json', insecure_ssl: '0' },
});

const pathOf = (owner: HookOwner): string =>
  owner === 'app' ? '/app/hook/deliveries' : '/orgs/{org}/hooks/{hook_id}/deliveries';

const parametersOf = (owner: HookOwner) =>
  owner === 'app' ? {} : { org: owner.org, hook_id: owner.hookId };
