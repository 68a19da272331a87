import { GithubClient } from '../../github/client/github-client.js';
import type { ChangeCounts } from '../../members/changes/changes.js';
import type { MemberSyncRun, RunPhase } from './member-sync-run.entity.js';
import type { Progress } from './run-lease.js';
import { noCounts, SyncCounts } from './sync-counts.js';

/** A run's progress in memory; the lease saves it with every beat. */
export class RunProgress {
  counts: SyncCounts;
  changes: ChangeCounts;
  phase: RunPhase = 'preparing';
  done: number;
  total: number | null;
  /** Of a run of scope `people`. */
  people: number | null;
  private client: GithubClient | undefined;

  /** Continues where the run's last worker stopped. */
  constructor(private readonly run: Readonly<MemberSyncRun>) {
    this.counts = run.result ?? noCounts();
    this.changes = run.changeCounts ?? {};
    this.done = run.done;
    this.total = run.total;
    this.people = run.people;
  }

  /** Adds the client's requests to those of earlier workers. */
  count(client: GithubClient): void {
    this.client = client;
  }

  /** Resets the progress. */
  forget(): void {
    this.done = 0;
    this.total = null;
  }

  snapshot(): Progress {
    const { phase, people, done, total, client, run } = this;
    const { requests = 0, notModified = 0 } = client?.usage ?? {};
    return {
      phase,
      people,
      done,
      total,
      githubRequests: run.githubRequests + requests,
      githubNotModified: run.githubNotModified + notModified,
      githubSilent: client?.isRetrying ?? false,
    };
  }
}
