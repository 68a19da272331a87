import { GithubClient } from '../github/github-client.js';
import type { RunPhase } from './member-sync-run.entity.js';
import type { Progress } from './run-lease.js';
import { noCounts, SyncCounts } from './sync-counts.js';

/** What one execution has reached, in memory; the lease saves it with every beat. */
export class RunProgress {
  counts: SyncCounts = noCounts();
  phase: RunPhase = 'preparing';
  done = 0;
  total: number | null = null;
  client: GithubClient | undefined;

  snapshot(): Progress {
    const { phase, done, total, client } = this;
    const { requests = 0, notModified = 0 } = client?.usage ?? {};
    return { phase, done, total, githubRequests: requests, githubNotModified: notModified };
  }
}
