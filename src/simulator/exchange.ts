import type { IncomingMessage } from 'node:http';
import type { Resource } from './rate-limits.js';

interface GraphqlBody {
  readonly query?: unknown;
  readonly variables?: unknown;
  readonly operationName?: unknown;
}

/** A request as the rules of `Faults` and the routes see it. */
export interface SimRequest {
  readonly method: string;
  /** Without the query, and without `/api/v3`. GraphQL is always `/graphql`. */
  readonly pathname: string;
  readonly query: URLSearchParams;
  /** `pathname` and the query, as it was asked. */
  readonly path: string;
  /** What the addresses in answers begin with: of the same layout that the request used. */
  readonly base: string;
  /** Whether it came in the layout of an Enterprise Server. */
  readonly isServer: boolean;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** The body of a GraphQL request; undefined for REST and where it is no JSON object. */
  readonly graphql: GraphqlBody | undefined;
  /** Settles when the client has closed the connection. */
  gone(): Promise<void>;
}

const ENTERPRISE_REST = '/api/v3';

/** @param origin the simulator's own address, without a slash at its end */
export async function readRequest(incoming: IncomingMessage, origin: string): Promise<SimRequest> {
  const asked = new URL(incoming.url ?? '/', origin);
  const { pathname, base, isServer } = layout(asked.pathname, origin);
  const body = incoming.method === 'GET' ? '' : await readBody(incoming);
  return {
    method: incoming.method ?? 'GET',
    pathname,
    query: asked.searchParams,
    path: pathname + asked.search,
    base,
    isServer,
    headers: incoming.headers,
    body,
    graphql: pathname === '/graphql' ? jsonObject(body) : undefined,
    gone: () => new Promise((resolve) => incoming.socket.once('close', () => resolve())),
  };
}

export function isGraphql(request: SimRequest): boolean {
  return request.pathname === '/graphql';
}

export function resourceOf(request: SimRequest): Resource {
  return isGraphql(request) ? 'graphql' : 'core';
}

function layout(
  pathname: string,
  origin: string,
): Pick<SimRequest, 'pathname' | 'base' | 'isServer'> {
  if (pathname === '/api/graphql') return { pathname: '/graphql', base: origin, isServer: true };
  if (pathname !== ENTERPRISE_REST && !pathname.startsWith(`${ENTERPRISE_REST}/`)) {
    return { pathname, base: origin, isServer: false };
  }
  return {
    pathname: pathname.slice(ENTERPRISE_REST.length) || '/',
    base: origin + ENTERPRISE_REST,
    isServer: true,
  };
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Undefined for what is no JSON object. */
export function jsonObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object'
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
