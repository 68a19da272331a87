import type { Caller } from '../caller.js';
import type { World } from '../world.js';

/** What every resolver may know. */
export interface GraphqlContext {
  readonly world: World;
  readonly caller: Caller;
  /** Whether the server has limits at all: an Enterprise Server has none by default. */
  readonly limited: boolean;
  /** Whether an Enterprise Server answers, which shows suspended users and tells since when. */
  readonly isServer: boolean;
  /** How many nodes the document may give at most. */
  readonly nodeCount: number;
  /** What resolvers add to the answer's headers. */
  readonly headers: Record<string, string>;
}
