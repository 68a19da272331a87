import { type Answer, notFound } from '../answer.js';
import { accessHeaders, type Caller } from '../caller.js';
import { conditional } from '../conditional.js';
import type { SimRequest } from '../exchange.js';
import type { World } from '../world.js';
import { ROUTES, type Route } from './routes.js';

/** Answers a REST request, with the headers that tell a token what it has and what the route accepts. */
export function answerRest(world: World, request: SimRequest, caller: Caller): Answer {
  const found = request.method === 'GET' ? match(request.pathname) : undefined;
  if (!found) return notFound();
  const { route, params } = found;
  const answer = route.handler({ world, request, caller, params, page: route.page });
  const headers = { ...answer.headers, ...accessHeaders(caller, route.scopes, route.permissions) };
  return conditional({ ...answer, headers }, request.headers);
}

function match(pathname: string): { route: Route; params: string[] } | undefined {
  for (const route of ROUTES) {
    const parts = route.path.exec(pathname);
    if (parts) return { route, params: parts.slice(1).filter(isPresent).map(decoded) };
  }
  return undefined;
}

function isPresent(part: string | undefined): part is string {
  return part !== undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
