import { Arena, type ArenaOptions } from './arena.js';

type Way = ArenaOptions['way'];

/** One arena for each way to run, for one scenario after the other: to set one up takes longer than most of them. */
export class Arenas {
  private readonly open = new Map<Way, Arena>();

  constructor(private readonly options: Omit<ArenaOptions, 'way'>) {}

  /** An arena whose organization has been synced once. */
  async of(way: Way): Promise<Arena> {
    const found = this.open.get(way);
    if (found) return found;
    const arena = await Arena.open({ ...this.options, way });
    this.open.set(way, arena);
    await arena.settle();
    return arena;
  }

  /** What one scenario broke must not fail the others too. */
  async discard(way: Way): Promise<void> {
    const arena = this.open.get(way);
    this.open.delete(way);
    await arena?.close();
  }

  async close(): Promise<void> {
    for (const way of [...this.open.keys()]) await this.discard(way);
  }
}
