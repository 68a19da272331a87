import type { Answer } from './answer.js';
import type { Clock } from './clock.js';
import { isGraphql, type SimRequest } from './exchange.js';
import * as effects from './fault-effects.js';
import { Held } from './held.js';
import { graphqlRefusal, type Policy, restRefusal } from './policies.js';

/** A fault that was laid out; `happened` counts how often it struck. */
export interface Fault {
  readonly happened: number;
  remove(): void;
}

/** Lays out an effect. @param ends whether the request ends with it */
export type Layer = (effect: effects.Effect, ends: boolean) => Fault;

/** What is to happen to the requests that match. */
export class FaultChoice {
  constructor(
    private readonly lay: Layer,
    private readonly allHeld: Set<Held>,
    private readonly clock: Clock,
  ) {}

  /** The requests wait until `release()`; `arrived` tells that the first is there. They then go on as usual. */
  hold(): Held {
    const held = new Held();
    this.allHeld.add(held);
    this.lay(() => held.wait(), false);
    return held;
  }

  /** Something happens just before the answer is made, such as a change of the world between two pages. */
  before(callback: (request: SimRequest) => void | Promise<void>): Fault {
    return this.lay((request) => callback(request), false);
  }

  /** @param milliseconds of waiting before the usual answer */
  delay(milliseconds: number): Fault {
    return this.lay(() => effects.pause(milliseconds), false);
  }

  answer(answer: Answer): Fault {
    return this.lay((_, outcome) => {
      outcome.answer = answer;
    }, true);
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
    }, true);
  }

  /** No answer, ever: until the client goes away, or the simulator stops. */
  hang(): Fault {
    const held = new Held();
    this.allHeld.add(held);
    return this.lay(async (request, outcome) => {
      await Promise.race([held.wait(), request.gone()]);
      outcome.cut = 'at once';
    }, true);
  }

  /** The usual answer, of which the body takes a while. */
  slowBody(milliseconds: number): Fault {
    return this.lay((_, outcome) => {
      outcome.bodyMs = milliseconds;
    }, false);
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
    }, false);
  }

  /** Changes the JSON of the usual answer. */
  rewrite<T>(change: (body: T) => unknown): Fault {
    return this.change((answer) => ({
      ...answer,
      body: JSON.stringify(change(JSON.parse(answer.body ?? 'null'))),
    }));
  }

  /** GraphQL's usual answer with an error, and null at the place that the error names. */
  graphqlError(error: effects.PlacedError): Fault {
    return this.change((answer) => ({
      ...answer,
      body: effects.partial(answer.body ?? '', error),
    }));
  }

  /** The primary limit is used up. For GraphQL it is told with 200 and `errors`. @param resetInSeconds from now */
  rateLimited(resetInSeconds = 60, type: 'RATE_LIMITED' | 'RATE_LIMIT' = 'RATE_LIMITED'): Fault {
    return this.lay((request, outcome) => {
      const reset = this.clock.nowInSeconds() + resetInSeconds;
      outcome.answer = effects.primaryLimit(isGraphql(request), reset, type);
    }, true);
  }

  /** The query costs more than GitHub allows for one, which is no rate limit: waiting does not help. */
  resourceLimits(): Fault {
    return this.answer(effects.resourceLimits());
  }

  /** A secondary limit. @param retryAfter seconds; no `retry-after` header without it */
  secondaryLimit(retryAfter?: number, status: 403 | 429 = 403): Fault {
    return this.answer(effects.secondaryLimit(retryAfter, status));
  }

  /** SAML single sign-on is asked for. @param url where to authorize the token */
  ssoRequired(url = 'https://github.com/orgs/example/sso?authorization_request=A'): Fault {
    return this.answer(effects.ssoRequired(`required; url=${url}`));
  }

  /** A policy of the organization, or a suspended account. @param message in other words than GitHub's usual ones */
  policy(policy: Policy, message?: string): Fault {
    return this.lay((request, outcome) => {
      if (isGraphql(request))
        outcome.changes.push((answer) => graphqlRefusal(answer, policy, message));
      else outcome.answer = restRefusal(policy, message);
    }, true);
  }
}
