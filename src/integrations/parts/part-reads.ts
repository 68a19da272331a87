import type { IdentitiesBesideProfiles } from '../../github/client/profiles.js';
import type { PartSync } from './part-sync.js';

/** Reads of parts that began before the directory had the members. */
export class PartReads {
  private readonly reads = new Map<PartSync, Promise<unknown>>();
  private readonly applied: Promise<void>;
  /** Tells the reads that the directory has the members. */
  end: () => void;

  /**
   * @param signal aborted at the latest when the run's execution ends
   * @param besideProfiles what the questions about members' profiles ask for the parts
   */
  constructor(
    signal: AbortSignal,
    readonly besideProfiles: IdentitiesBesideProfiles | undefined,
  ) {
    this.applied = new Promise((resolve, reject) => {
      this.end = resolve;
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    // Only some reads wait for it.
    this.applied.catch(() => undefined);
  }

  /** @param read gets what resolves when the directory has the members */
  begin(one: PartSync, read: (applied: Promise<void>) => Promise<unknown>): void {
    const reading = read(this.applied);
    // `take` throws it, or nobody needs it any more.
    reading.catch(() => undefined);
    this.reads.set(one, reading);
  }

  /** What was read of the part; undefined where no read began. */
  take(one: PartSync): Promise<unknown> | undefined {
    const reading = this.reads.get(one);
    this.reads.delete(one);
    return reading;
  }
}
