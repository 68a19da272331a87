import type { OwnerAndTwoFactorPages } from '../../github/members/member-list-reader.js';

/** Runs that wait at once in one process, about; a run whose pages are forgotten reads them again. */
const MAX_CACHED_RUNS = 50;

/**
 * What runs have read of who is an owner and who has no two-factor authentication, from one execution to the next: of a
 * large organization that alone may take more than one minute's requests.
 */
export class OwnerAndTwoFactorCache {
  private readonly ofRuns = new Map<number, OwnerAndTwoFactorPages>();

  of(runId: number): OwnerAndTwoFactorPages {
    const pages = this.ofRuns.get(runId) ?? { admins: new Map(), withoutTwoFactor: new Map() };
    this.ofRuns.set(runId, pages);
    const [oldest] = this.ofRuns.keys();
    if (this.ofRuns.size > MAX_CACHED_RUNS && oldest !== undefined) this.ofRuns.delete(oldest);
    return pages;
  }

  forget(runId: number): void {
    this.ofRuns.delete(runId);
  }
}
