import type { RunPhase } from './member-sync-run.entity.js';
import type { PresentedRun } from './present-run.js';

const PHASES: Record<RunPhase, string> = {
  preparing: 'Asking GitHub about the organization',
  members: 'Reading the members',
  removals: 'Looking for people who left',
};

/** What an unfinished run is doing, in words. */
export function runActivity({ state, progress: { phase } }: PresentedRun): string {
  if (state === 'queued') return 'Waiting for a worker';
  if (state === 'waiting') return "Waiting for GitHub's rate limit";
  return PHASES[phase ?? 'preparing'];
}

/** About how long the members still take, in words; undefined where nothing tells. */
export function timeLeft(run: PresentedRun, now: number): string | undefined {
  const { done, total, phase } = run.progress;
  if (run.state !== 'running' || phase !== 'members' || !run.startedAt || !total) return undefined;
  if (done === 0 || done >= total) return undefined;
  const elapsed = (now - Date.parse(run.startedAt)) / 1000;
  const seconds = Math.ceil((elapsed / done) * (total - done));
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}
