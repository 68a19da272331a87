import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Repeated } from '../../platform/process/repeated.js';
import { ChangeSignals } from '../../platform/signals/change-signals.js';
import {
  differs,
  EVENTS,
  idOf,
  type Marks,
  type PageEvent,
  readMarks,
} from './integration-marks.js';

/** How often it looks without a signal, and the least time between two looks, in seconds. */
const LOOK_EVERY = 2;
const LEAST_PAUSE = 1;

/** How old a page may be when its stream opens, in seconds: it is told of what changed in this time. */
const PAGE_AGE = 60;

/** An open page. */
export interface Follower {
  /** The id of the last event that it got before it connected again. */
  seen?: string;
  /** @param id names the present state */
  tell: (events: PageEvent[], id: string) => void;
  /** The integration was deleted. */
  end: () => void;
}

interface Watched {
  /** Undefined until the first look. */
  marks?: Marks;
  followers: Set<Follower>;
}

/**
 * Looks for changes of the integrations that open pages show: with one statement for all of them, at most once a second,
 * and not at all while no page is open. The database is the truth; a signal only makes it look earlier.
 */
@Injectable()
export class IntegrationWatch implements OnModuleDestroy {
  private readonly watched = new Map<number, Watched>();
  private readonly looks = new Repeated(IntegrationWatch.name, LOOK_EVERY, () => this.look());
  private lookedAt = Number.NEGATIVE_INFINITY;
  private isLooking = false;

  constructor(
    private readonly dataSource: DataSource,
    private readonly signals: ChangeSignals,
  ) {}

  /** Tells the follower of changes, those since its page was made included. Returns what ends it. */
  follow(id: number, follower: Follower): () => void {
    if (this.watched.size === 0) this.begin();
    const watched = this.watched.get(id) ?? { followers: new Set() };
    this.watched.set(id, watched);
    watched.followers.add(follower);
    if (watched.marks) greet(follower, watched.marks);
    else this.lookSoon();
    return () => this.leave(id, follower);
  }

  onModuleDestroy(): void {
    this.looks.stop();
  }

  private begin(): void {
    this.signals.listen(this.onSignal);
    this.looks.start();
  }

  private leave(id: number, follower: Follower): void {
    const followers = this.watched.get(id)?.followers;
    followers?.delete(follower);
    if (followers?.size === 0) this.watched.delete(id);
    if (this.watched.size > 0) return;
    this.signals.ignore(this.onSignal);
    this.looks.stop();
  }

  private readonly onSignal = (id: number): void => {
    if (this.watched.has(id)) this.lookSoon();
  };

  private lookSoon(): void {
    this.looks.stop();
    this.looks.start(Math.max(0, this.lookedAt + LEAST_PAUSE - seconds()));
  }

  /** A look that takes long is not overtaken by the next. */
  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    this.lookedAt = seconds();
    try {
      const ids = [...this.watched.keys()];
      const found = await readMarks(this.dataSource, ids);
      for (const id of ids) this.compare(id, found.get(id));
    } finally {
      this.isLooking = false;
    }
  }

  private compare(id: number, now: Marks | undefined): void {
    const watched = this.watched.get(id);
    if (!watched) return;
    const { marks: before, followers } = watched;
    watched.marks = now;
    if (!now) for (const follower of followers) follower.end();
    else if (!before) for (const follower of followers) greet(follower, now);
    else tellAll(followers, before, now);
  }
}

function greet({ seen, tell }: Follower, now: Marks): void {
  const events = EVENTS.filter((event) =>
    seen ? !seen.includes(now[event].text) : now[event].age < PAGE_AGE,
  );
  tell(events, idOf(now));
}

function tellAll(followers: Iterable<Follower>, before: Marks, now: Marks): void {
  const events = EVENTS.filter((event) => differs(before, now, event));
  if (events.length > 0) for (const { tell } of followers) tell(events, idOf(now));
}

const seconds = (): number => performance.now() / 1000;
