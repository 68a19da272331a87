import type { StandingPages } from '../../github/members/member-list.js';

/** Runs that wait at once in one process, about; a run whose pages are forgotten reads them again. */
const MOST = 50;

/**
 * What runs have read of who is an owner and who has no two-factor authentication, from one execution to the next: of a
 * large organization that alone may take more than one minute's requests.
 */
export class Standings {
  private readonly ofRuns = new Map<number, StandingPages>();

  of(runId: number): StandingPages {
    const pages = this.ofRuns.get(runId) ?? { admins: new Map(), withoutTwoFactor: new Map() };
    this.ofRuns.set(runId, pages);
    const [oldest] = this.ofRuns.keys();
    if (this.ofRuns.size > MOST && oldest !== undefined) this.ofRuns.delete(oldest);
    return pages;
  }

  forget(runId: number): void {
    this.ofRuns.delete(runId);
  }
}
