import type { Answer } from '../answer.js';
import type { Caller } from '../caller.js';
import type { SimRequest } from '../exchange.js';
import type { World } from '../world.js';
import type { MemberPages } from './member-pages.js';

/** What is kept from one request to the next, so that a large organization is served fast. */
export interface RestTools {
  readonly pages: MemberPages;
}

/** What a route knows about the request it answers. */
export interface RestCall extends RestTools {
  readonly world: World;
  readonly request: SimRequest;
  readonly caller: Caller;
  /** The variable parts of the path, decoded. */
  readonly params: readonly string[];
  /** The page of GitHub's documentation that errors name. */
  readonly page: string;
}

export type Handler = (call: RestCall) => Answer;
