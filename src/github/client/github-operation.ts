import { Logger } from '@nestjs/common';
import { RequestError } from '@octokit/request-error';
import type { Operation } from '../../platform/observability/observers.js';

const logger = new Logger('Github');

/** A request to GitHub, by its pattern: Octokit has it as `/orgs/{org}/members`. */
export function githubOperation(method: string, url: string): Operation {
  const route = routeOf(url);
  return { kind: 'github', name: `${method} ${route}`, labels: { method, route, status: 'none' } };
}

/** Stores the status of the answer, also of one that Octokit throws, and logs it. */
export async function noteStatus<T extends { status: number }>(
  { name, labels }: Operation,
  answer: Promise<T>,
): Promise<T> {
  const start = performance.now();
  try {
    const answered = await answer;
    labels.status = answered.status;
    return answered;
  } catch (error) {
    if (error instanceof RequestError) labels.status = error.status;
    throw error;
  } finally {
    const ms = Math.round(performance.now() - start);
    logger.debug(`${name} ${labels.status}`, { ...labels, ms });
  }
}

/** Without the address of the server, the query, and the numbers of organizations. */
const routeOf = (url: string): string =>
  url
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/\d+(?=\/|$)/g, '/{id}');
