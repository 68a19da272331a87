import type { SimOrganization } from './organization.js';
import type { SimUser } from './user.js';
import type { World } from './world.js';

/** How far the organization may grow or shrink before it goes back. */
const MOST_DIFFERENCE = 100;

/** Who left comes back when so many others left after them. */
const AWAY_FOR = 10;

/** An organization that people join and leave, one after the other. */
export class LiveOrganization {
  private readonly size: number;
  private readonly away: SimUser[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly world: World,
    private readonly organization: SimOrganization,
  ) {
    this.size = organization.size;
  }

  /** Does not keep the process alive. @param everyMs from one change to the next */
  start(everyMs: number): void {
    this.timer = setInterval(() => this.step(), everyMs).unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Somebody joins or leaves. */
  step(): void {
    const difference = this.organization.size - this.size;
    const isFull = difference >= MOST_DIFFERENCE;
    const isEmpty = difference <= -MOST_DIFFERENCE;
    if (isEmpty || (!isFull && this.world.random.chance(0.5))) this.arrive();
    else this.leave();
  }

  private arrive(): void {
    const returning = this.away.length > AWAY_FOR ? this.away.shift() : undefined;
    this.organization.join(returning ?? this.world.addUser());
  }

  /** Never an owner, whose token the demo needs. */
  private leave(): void {
    const { user } = this.world.random.pick(this.organization.list({ role: 'member' }));
    this.organization.leave(user);
    this.away.push(user);
  }
}
