import { type Answer, asText, problem } from './answer.js';
import { ANONYMOUS, authenticate, type Caller } from './caller.js';
import { isGraphql, resourceOf, type SimRequest } from './exchange.js';
import { limitExceeded, type Outcome } from './fault-effects.js';
import { GraphqlEndpoint } from './graphql/graphql.js';
import { payerOf } from './payer.js';
import { type Bucket, rateLimitHeaders, remainingOf } from './rate-limits.js';
import { RestEndpoint } from './rest/rest.js';
import { isWeb, WebEndpoint } from './web/web.js';
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
  private readonly web: WebEndpoint;

  /** @param limited false for an Enterprise Server as it is by default, without rate limits */
  constructor(
    private readonly world: World,
    private readonly limited: boolean,
  ) {
    this.graphql = new GraphqlEndpoint(world, limited);
    this.rest = new RestEndpoint(world);
    this.web = new WebEndpoint(world);
  }

  /** @param refused what the gate answers instead */
  serve(request: SimRequest, fault: Outcome, refused?: Answer): Served {
    if (isWeb(request)) return this.serveWeb(request, fault);
    const found = authenticate(request, this.world);
    const caller = 'refusal' in found ? ANONYMOUS : found;
    const refusal = refused ?? ('refusal' in found ? found.refusal : agentRefusal(request));
    const early = fault.answer ?? refusal ?? this.exhausted(request, caller);
    const answer = early ?? this.answer(request, caller);
    const charged = early === undefined && answer.charged !== false && this.limited;
    if (charged) this.bucket(request, caller).used += 1;
    const changed = changedBy(fault, answer);
    const limits = this.limited ? this.limitHeaders(request, caller) : {};
    const headers = { ...limits, ...changed.headers };
    return { answer: { ...changed, headers }, login: loginOf(caller), charged };
  }

  private serveWeb(request: SimRequest, fault: Outcome): Served {
    const answer = changedBy(fault, fault.answer ?? this.web.answer(request));
    return { answer, login: null, charged: false };
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
    const free = request.pathname === '/rate_limit' || (isGraphql(request) && !caller.token);
    if (!this.limited || free || remainingOf(this.bucket(request, caller)) > 0) return undefined;
    const message = `API rate limit exceeded for ${payerOf(caller).name}.`;
    return limitExceeded(isGraphql(request), message);
  }

  private bucket(request: SimRequest, caller: Caller): Bucket {
    return this.world.limits.bucket(payerOf(caller), resourceOf(request));
  }

  private limitHeaders(request: SimRequest, caller: Caller): Record<string, string> {
    return rateLimitHeaders(this.bucket(request, caller), resourceOf(request));
  }
}

function changedBy({ changes }: Outcome, answer: Answer): Answer {
  return changes.reduce((one, change) => change(asText(one)), answer);
}

function loginOf({ user, token, app }: Caller): string | null {
  return user?.login ?? (token?.app ?? app)?.botLogin ?? null;
}

function agentRefusal({ headers }: SimRequest): Answer | undefined {
  if (headers['user-agent']) return undefined;
  const message =
    'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.';
  return problem(403, message);
}
