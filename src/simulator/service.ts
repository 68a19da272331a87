import { type Answer, asText, problem } from './answer.js';
import { ANONYMOUS, authenticate, type Caller } from './caller.js';
import { isGraphql, type SimRequest } from './exchange.js';
import { limitExceeded, type Outcome } from './fault-effects.js';
import { GraphqlEndpoint } from './graphql/graphql.js';
import { rateLimitHeaders, remainingOf } from './rate-limits.js';
import { RestEndpoint } from './rest/rest.js';
import type { World } from './world.js';

export interface Served {
  readonly answer: Answer;
  readonly login: string | null;
  readonly charged: boolean;
}

/** What GitHub does with every request: who asks, may they still, the answer, its price. */
export class Service {
  private readonly graphql: GraphqlEndpoint;
  private readonly rest: RestEndpoint;

  /** @param limited false for an Enterprise Server as it is by default, without rate limits */
  constructor(
    private readonly world: World,
    private readonly limited: boolean,
  ) {
    this.graphql = new GraphqlEndpoint(world, limited);
    this.rest = new RestEndpoint(world);
  }

  serve(request: SimRequest, fault: Outcome): Served {
    const found = authenticate(request, this.world);
    const caller = 'refusal' in found ? ANONYMOUS : found;
    const refusal = 'refusal' in found ? found.refusal : agentRefusal(request);
    const early = fault.answer ?? refusal ?? this.exhausted(request, caller);
    const answer = early ?? this.answer(request, caller);
    const charged = early === undefined && answer.charged !== false && this.limited;
    if (charged) this.bucket(request, caller).used += 1;
    const changed = fault.changes.reduce((one, change) => change(asText(one)), answer);
    const limits = this.limited ? this.limitHeaders(request, caller) : {};
    const headers = { ...limits, ...changed.headers };
    return { answer: { ...changed, headers }, login: caller.user?.login ?? null, charged };
  }

  private answer(request: SimRequest, caller: Caller): Answer {
    if (isGraphql(request)) return this.graphql.answer(request, caller);
    if (!this.limited && request.pathname === '/rate_limit') {
      return problem(404, 'Rate limiting is not enabled.');
    }
    return this.rest.answer(request, caller);
  }

  /** Asking for the limits themselves is always free; so is a query that nobody may send without a token. */
  private exhausted(request: SimRequest, caller: Caller): Answer | undefined {
    const free = request.pathname === '/rate_limit' || (isGraphql(request) && !caller.user);
    if (!this.limited || free || remainingOf(this.bucket(request, caller)) > 0) return undefined;
    const whose = caller.user ? `user ID ${caller.user.id}` : '127.0.0.1';
    return limitExceeded(isGraphql(request), `API rate limit exceeded for ${whose}.`);
  }

  private bucket(request: SimRequest, caller: Caller) {
    return this.world.limits.bucket(
      caller.user?.id ?? null,
      isGraphql(request) ? 'graphql' : 'core',
    );
  }

  private limitHeaders(request: SimRequest, caller: Caller): Record<string, string> {
    return rateLimitHeaders(this.bucket(request, caller), isGraphql(request) ? 'graphql' : 'core');
  }
}

function agentRefusal({ headers }: SimRequest): Answer | undefined {
  if (headers['user-agent']) return undefined;
  const message =
    'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.';
  return problem(403, message);
}
