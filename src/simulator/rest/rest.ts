import { type Answer, notFound } from '../answer.js';
import { accessHeaders, type Caller } from '../caller.js';
import { conditional, taggedText } from '../conditional.js';
import type { SimRequest } from '../exchange.js';
import type { World } from '../world.js';
import type { RestTools } from './call.js';
import { MemberPages } from './member-pages.js';
import { ROUTES, type Route } from './routes.js';
import { ssoRefusal } from './sso.js';

/** Answers REST requests, with the headers that tell a token what it has and what the route accepts. */
export class RestEndpoint {
  private readonly tools: RestTools = { pages: new MemberPages() };

  constructor(private readonly world: World) {}

  answer(request: SimRequest, caller: Caller): Answer {
    const found = match(request);
    if (!found) return notFound();
    const { route, params } = found;
    const call = { ...this.tools, world: this.world, request, caller, params, page: route.page };
    const answer = ssoRefusal(call) ?? route.handler(call);
    const access = accessHeaders(caller, route.scopes, route.permissions);
    return tagged({ ...answer, headers: { ...answer.headers, ...access } }, request);
  }
}

/** Lists bear their tag already. */
function tagged(answer: Answer, request: SimRequest): Answer {
  if (answer.status !== 200 || answer.body === undefined || answer.headers?.etag) return answer;
  const { charged } = answer;
  const checked = conditional(taggedText(answer.body), answer.headers ?? {}, request.headers);
  return charged === undefined ? checked : { charged, ...checked };
}

function match({ method, pathname }: SimRequest): { route: Route; params: string[] } | undefined {
  for (const route of ROUTES) {
    const parts = route.method === method ? route.path.exec(pathname) : undefined;
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
