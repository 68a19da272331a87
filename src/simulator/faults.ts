import type { Clock } from './clock.js';
import { isGraphql, type SimRequest } from './exchange.js';
import { FaultChoice, type Layer } from './fault-choice.js';
import type { Effect, Outcome } from './fault-effects.js';
import type { Held } from './held.js';
import { Random } from './random.js';

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

/** Profiles of people in bulk. */
export const PROFILES: Match = (request) =>
  isGraphql(request) && /\bavatarUrl\b/.test(String(request.graphql?.query));

/** GraphQL requests whose `$ids` hold more than that many. */
export function moreIdsThan(most: number): Match {
  return (request) => {
    const { ids } = (request.graphql?.variables ?? {}) as { ids?: unknown };
    return Array.isArray(ids) && ids.length > most;
  };
}

/** GraphQL requests that ask for pages of pages: the numbers in their variables `teams` and `members` multiply to more. */
export function moreTeamMembersThan(most: number): Match {
  return (request) => {
    const { teams, members } = (request.graphql?.variables ?? {}) as Record<string, unknown>;
    return Number(teams) * Number(members) > most;
  };
}

export interface Often {
  /** To how many matching requests it happens. Default: 1; `Infinity` for all. */
  readonly times?: number;
  /** How many matching requests go by unharmed before that. Default: 0. */
  readonly after?: number;
  /** How likely it is for each of the others, by the seed: from 0, never, to 1, always. Default: 1. */
  readonly chance?: number;
}

interface Rule {
  happened: number;
  readonly effect: Effect;
  /** Whether no later rule is asked, since this one says how the request ends. */
  readonly ends: boolean;
  /** Whether it strikes; it has happened then. */
  claim(request: SimRequest): boolean;
}

/**
 * What goes wrong. Rules apply in the order they were laid out: a request takes every rule that matches it, up to and
 * with the first that ends it, at the moment it arrives. So two statuses laid out one after the other are the
 * fate of two requests, and a `hold` followed by a status that of one.
 */
export class Faults {
  private rules: Rule[] = [];
  private readonly held = new Set<Held>();

  private laid = 0;

  /** @param seed with the same one, requests in the same order have the same fate */
  constructor(
    private readonly clock: Clock,
    private readonly seed = 1,
  ) {}

  /** @param match a pattern for `METHOD /path?query`, or a test of the request */
  on(match: Match, often: Often = {}): FaultChoice {
    const lay: Layer = (effect, ends) => {
      // Each has its own luck, or two of the same chance would always strike together.
      const random = new Random(this.seed * 7919 + this.laid++);
      const rule: Rule = { happened: 0, effect, ends, claim: claims(match, often, random) };
      this.rules.push(rule);
      return Object.assign(rule, { remove: () => this.remove(rule) });
    };
    return new FaultChoice(lay, this.held, this.clock);
  }

  /** Removes every rule and lets go what is held. */
  clear(): void {
    this.rules = [];
    for (const held of this.held) held.release();
    this.held.clear();
  }

  /** Applies what matches, waiting where a rule waits. For the simulator itself. */
  async strike(request: SimRequest): Promise<Outcome> {
    const outcome: Outcome = { changes: [] };
    for (const rule of this.claimed(request)) await rule.effect(request, outcome);
    return outcome;
  }

  private claimed(request: SimRequest): Rule[] {
    const claimed: Rule[] = [];
    for (const rule of this.rules) {
      if (!rule.claim(request)) continue;
      claimed.push(rule);
      if (rule.ends) break;
    }
    return claimed;
  }

  private remove(rule: Rule): void {
    this.rules = this.rules.filter((one) => one !== rule);
  }
}

function claims(match: Match, { times = 1, after = 0, chance = 1 }: Often, random: Random) {
  let passed = 0;
  return function claim(this: Rule, request: SimRequest): boolean {
    if (this.happened >= times || !fits(match, request)) return false;
    passed += 1;
    if (passed <= after || !random.chance(chance)) return false;
    this.happened += 1;
    return true;
  };
}

function fits(match: Match, request: SimRequest): boolean {
  return typeof match === 'function'
    ? match(request)
    : match.test(`${request.method} ${request.path}`);
}
