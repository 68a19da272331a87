import type { OwnerAndTwoFactorPages } from '../../github/members/member-list-reader.js';

/** About as many as wait at once in one process; a run without cached pages reads them again. */
const MAX_CACHED_RUNS = 50;

/**
 * Keeps the lists of owners and of people without two-factor authentication between the executions of a run: in a large
 * organization they alone may need more requests than one minute allows.
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
