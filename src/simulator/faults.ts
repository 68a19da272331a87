import type { Answer } from './answer.js';
import { isGraphql, type SimRequest } from './exchange.js';
import type { Effect } from './fault-effects.js';
import * as effects from './fault-effects.js';
import { Held } from './held.js';

export type Match = RegExp | ((request: SimRequest) => boolean);

/** REST requests for a page of an organization's members. */
export const MEMBER_PAGES = /^GET \/(orgs\/[^/]+|organizations\/\d+)\/members(\?|$)/;
/** Any GraphQL request. */
export const GRAPHQL = isGraphql;
/** GraphQL requests that use the field with arguments, such as `nodes` or `membersWithRole`. */
export function graphqlField(name: string): Match {
  const use = new RegExp(`\\b${name}\\s*\\(`);
  return (request) => isGraphql(request) && use.test(String(request.graphql?.query));
}

export interface Often {
  /** To how many matching requests it happens. Default: 1; `Infinity` for all. */
  readonly times?: number;
  /** How many matching requests go by unharmed before that. Default: 0. */
  readonly after?: number;
}

/** A fault that was laid out; `happened` counts how often it struck. */
export interface Fault {
  readonly happened: number;
  remove(): void;
}

interface Rule {
  happened: number;
  passed: number;
  readonly strikes: (request: SimRequest) => boolean;
  readonly effect: Effect;
}

/** What goes wrong. Rules are asked in the order they were laid out; all that match apply, up to the first that answers. */
export class Faults {
  private rules: Rule[] = [];
  private readonly held = new Set<Held>();

  /** @param match a pattern for `METHOD /path?query`, or a test of the request */
  on(match: Match, { times = 1, after = 0 }: Often = {}): FaultChoice {
    const fits = typeof match === 'function' ? match : matcher(match);
    return new FaultChoice((effect) => {
      const rule: Rule = { happened: 0, passed: 0, effect, strikes };
      this.rules.push(rule);
      return Object.assign(rule, { remove: () => this.remove(rule) });

      function strikes(request: SimRequest): boolean {
        if (rule.happened >= times || !fits(request)) return false;
        rule.passed += 1;
        return rule.passed > after;
      }
    }, this.held);
  }

  /** Removes every rule and lets go what is held. */
  clear(): void {
    this.rules = [];
    for (const held of this.held) held.release();
    this.held.clear();
  }

  /** Applies what matches, waiting where a rule waits. For the simulator itself. */
  async strike(request: SimRequest): Promise<effects.Outcome> {
    const outcome: effects.Outcome = { changes: [] };
    for (const rule of this.rules.filter(({ strikes }) => strikes(request))) {
      rule.happened += 1;
      await rule.effect(request, outcome);
      if (outcome.answer || outcome.cut) break;
    }
    return outcome;
  }

  private remove(rule: Rule): void {
    this.rules = this.rules.filter((one) => one !== rule);
  }
}

/** What is to happen to the requests that match. */
export class FaultChoice {
  constructor(
    private readonly lay: (effect: Effect) => Fault,
    private readonly allHeld: Set<Held>,
  ) {}

  /** The requests wait until `release()`; `arrived` tells that the first is there. They then go on as usual. */
  hold(): Held {
    const held = new Held();
    this.allHeld.add(held);
    this.lay(() => held.wait());
    return held;
  }

  /** Something happens just before the answer is made, such as a change of the world between two pages. */
  before(callback: (request: SimRequest) => void | Promise<void>): Fault {
    return this.lay((request) => callback(request));
  }

  /** @param milliseconds of waiting before the usual answer */
  delay(milliseconds: number): Fault {
    return this.lay(() => effects.pause(milliseconds));
  }

  answer(answer: Answer): Fault {
    return this.lay((_, outcome) => {
      outcome.answer = answer;
    });
  }

  /** @param body JSON; GitHub's own error body by default */
  status(status: number, body?: unknown, headers?: Record<string, string>): Fault {
    return this.answer(effects.failure(status, body, headers));
  }

  /** The page of a proxy, of status 502 by default. */
  html(status = 502): Fault {
    return this.answer(effects.htmlPage(status));
  }

  /** No answer at all: the connection is cut. `midway` sends the head and half of the body first. */
  drop(when: 'at once' | 'midway' = 'at once'): Fault {
    return this.lay((_, outcome) => {
      outcome.cut = when;
    });
  }

  /** Half of the usual body, with a `content-length` to match and status 200. */
  cutJson(): Fault {
    return this.change((answer) => ({
      ...answer,
      body: answer.body?.slice(0, Math.ceil(answer.body.length / 2)),
    }));
  }

  /** Changes the usual answer. */
  change(change: (answer: Answer) => Answer): Fault {
    return this.lay((_, outcome) => {
      outcome.changes.push(change);
    });
  }

  /** Changes the JSON of the usual answer. */
  rewrite<T>(change: (body: T) => unknown): Fault {
    return this.change((answer) => ({
      ...answer,
      body: JSON.stringify(change(JSON.parse(answer.body ?? 'null'))),
    }));
  }

  /** The primary limit is used up. For GraphQL it is told with 200 and `errors`. @param resetInSeconds from now */
  rateLimited(resetInSeconds = 60, type: 'RATE_LIMITED' | 'RATE_LIMIT' = 'RATE_LIMITED'): Fault {
    return this.lay((request, outcome) => {
      outcome.answer = effects.primaryLimit(isGraphql(request), resetInSeconds, type);
    });
  }

  /** A secondary limit. @param retryAfter seconds; no `retry-after` header without it */
  secondaryLimit(retryAfter?: number, status: 403 | 429 = 403): Fault {
    return this.answer(effects.secondaryLimit(retryAfter, status));
  }

  /** SAML single sign-on is asked for. @param url where to authorize the token */
  ssoRequired(url = 'https://github.com/orgs/example/sso?authorization_request=A'): Fault {
    return this.answer(effects.ssoRequired(url));
  }
}

function matcher(pattern: RegExp): (request: SimRequest) => boolean {
  return ({ method, path }) => pattern.test(`${method} ${path}`);
}
