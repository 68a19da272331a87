/** The most urgent work in a row while other work waits. */
const URGENT_IN_A_ROW = 3;

/** The queue has no place left. */
export class QueueFull extends Error {}

interface Waiting {
  start: () => Promise<void>;
  refuse: (error: QueueFull) => void;
}

interface Limits {
  /** How many may wait in one lane. */
  perLane: number;
  /** How many may wait in all lanes. */
  inAll: number;
}

/** Lanes that take turns. A full queue drops work of its longest lane to make room for a shorter one. */
class Lanes {
  private readonly lanes = new Map<string, Waiting[]>();
  private size = 0;

  constructor(private readonly limits: Limits) {}

  /** @throws QueueFull */
  add(name: string, waiting: Waiting): void {
    const lane = this.lanes.get(name) ?? [];
    if (lane.length >= this.limits.perLane) throw new QueueFull();
    if (this.size >= this.limits.inAll) this.giveUpOne(lane.length + 1);
    this.lanes.set(name, lane);
    lane.push(waiting);
    this.size++;
  }

  next(): Waiting | undefined {
    const [first] = this.lanes;
    if (!first) return undefined;
    const [name, lane] = first;
    const next = lane.shift();
    // The lane goes to the end.
    this.lanes.delete(name);
    if (lane.length > 0) this.lanes.set(name, lane);
    this.size--;
    return next;
  }

  private giveUpOne(shorter: number): void {
    const [longest = []] = [...this.lanes.values()].sort((a, b) => b.length - a.length);
    if (longest.length <= shorter) throw new QueueFull();
    longest.pop()?.refuse(new QueueFull());
    this.size--;
  }
}

/**
 * Runs one piece of work at a time. Waiting work is in lanes that take turns, so that a lane with much work does not
 * delay the others. Urgent work goes first; the rest gets every fourth turn.
 */
export class FairQueue {
  private readonly urgent: Lanes;
  private readonly others: Lanes;
  private isRunning = false;
  private urgentInARow = 0;

  constructor(limits: Limits) {
    this.urgent = new Lanes(limits);
    this.others = new Lanes(limits);
  }

  /** @throws QueueFull at once, or later when another lane needs the place more */
  run<T>(lane: string, isUrgent: boolean, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, refuse) => {
      const start = () => work().then(resolve, refuse);
      const lanes = isUrgent ? this.urgent : this.others;
      lanes.add(lane, { start, refuse });
      void this.runAll();
    });
  }

  private async runAll(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    for (let next = this.next(); next; next = this.next()) await next.start();
    this.isRunning = false;
  }

  private next(): Waiting | undefined {
    const urgent = this.urgentInARow < URGENT_IN_A_ROW ? this.urgent.next() : undefined;
    this.urgentInARow = urgent ? this.urgentInARow + 1 : 0;
    return urgent ?? this.others.next() ?? this.urgent.next();
  }
}
