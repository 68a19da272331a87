import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, json, problem } from './answer.js';
import type { SimRequest } from './exchange.js';
import { ssoMessage } from './sso.js';

/** What the rules have decided about one request. */
export interface Outcome {
  answer?: Answer;
  cut?: 'at once' | 'midway';
  /** How long the body takes, in milliseconds. */
  bodyMs?: number;
  readonly changes: ((answer: Answer) => Answer)[];
}

export type Effect = (request: SimRequest, outcome: Outcome) => void | Promise<void>;

const LIMITS_PAGE = '/using-the-rest-api/rate-limits-for-the-rest-api';

export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds, undefined, { ref: false });
}

export function failure(
  status: number,
  body?: unknown,
  headers: Record<string, string> = {},
): Answer {
  const usual = problem(status, status >= 500 ? 'Server Error' : 'Forbidden');
  return { ...usual, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
}

export function htmlPage(status: number): Answer {
  const body =
    '<!DOCTYPE html>\n<html><head><title>Unicorn!</title></head><body>We had issues.</body></html>\n';
  return { status, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
}

/** @param reset seconds since 1970, UTC */
export function primaryLimit(graphql: boolean, reset: number, type: string): Answer {
  const headers = {
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(reset),
  };
  return { ...limitExceeded(graphql, 'API rate limit exceeded.', type), headers };
}

/** Nothing is left of the hour: 403 for REST, but 200 with errors for GraphQL. */
export function limitExceeded(graphql: boolean, message: string, type = 'RATE_LIMITED'): Answer {
  if (!graphql) return problem(403, message, LIMITS_PAGE);
  return { status: 200, body: JSON.stringify({ errors: [{ type, message }] }) };
}

/** GraphQL's refusal of a query that is too large. */
export function resourceLimits(): Answer {
  const type = 'RESOURCE_LIMITS_EXCEEDED';
  const message = 'Resource limits for this query exceeded.';
  return json({ data: null, errors: [{ type, message }] });
}

export function secondaryLimit(retryAfter: number | undefined, status: number): Answer {
  const message =
    'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  const answer = problem(status, message, `${LIMITS_PAGE}#about-secondary-rate-limits`);
  return retryAfter === undefined
    ? answer
    : { ...answer, headers: { 'retry-after': String(retryAfter) } };
}

/** What GraphQL says of one place in its answer, which is null then. */
export interface PlacedError {
  readonly type: string;
  readonly path: readonly (string | number)[];
  readonly message?: string;
}

type Nested = { [key: string | number]: Nested };

/** The usual answer without what the path leads to. What cannot be null must not be at its end. */
export function partial(body: string, { type, path, message }: PlacedError): string {
  const { data, errors = [] } = JSON.parse(body) as { data: Nested; errors?: object[] };
  const holder = path.slice(0, -1).reduce<Nested | undefined>((value, key) => value?.[key], data);
  const last = path.at(-1);
  if (holder && last !== undefined) Object.assign(holder, { [last]: null });
  const error = {
    type,
    path,
    message: message ?? 'Something went wrong while executing your query.',
  };
  return JSON.stringify({ data, errors: [...errors, error] });
}

const SSO_PAGE =
  'https://docs.github.com/articles/authenticating-to-a-github-organization-with-saml-single-sign-on/';

/** @param header `X-GitHub-SSO` */
export function ssoRequired(header: string, message = ssoMessage()): Answer {
  return { ...problem(403, message, SSO_PAGE), headers: { 'x-github-sso': header } };
}
