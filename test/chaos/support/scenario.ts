import type { Random } from '../../../src/simulator/random.js';
import type { Arena } from './arena.js';

/** One way to break things. */
export interface Scenario {
  name: string;
  way: 'embedded' | 'scaled';
  /** How often it is played where nobody says how often. */
  rounds: number;
  /** How a promised run may end. Default: `complete` only. */
  ends?: readonly string[];
  /** Breaks something while a sync of a changed organization is asked for or under way. Returns once nothing is broken any more. */
  play(arena: Arena, random: Random): Promise<void>;
}
