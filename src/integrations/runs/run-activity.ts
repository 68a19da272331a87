import type { MemberSyncRun, RunPhase } from './member-sync-run.entity.js';
import type { PresentedRun } from './present-run.js';

const PHASES: Record<RunPhase, string> = {
  preparing: 'Asking GitHub about the organization',
  members: 'Reading the members',
  removals: 'Looking for people who left',
};

/** What an unfinished run is doing, in words. */
export function runActivity({ state, phase, queueProblem }: MemberSyncRun): string {
  if (state === 'queued')
    return queueProblem ? `Waiting for a worker: ${queueProblem}` : 'Waiting for a worker';
  if (state === 'waiting') return "Waiting for GitHub's rate limit";
  return PHASES[phase ?? 'preparing'];
}

/** The estimated time left, in words; undefined when it is not known. */
export function timeLeft(run: PresentedRun, now: number): string | undefined {
  const { done, total, phase } = run.progress;
  if (run.state !== 'running' || phase !== 'members' || !run.startedAt || !total) return undefined;
  if (done === 0 || done >= total) return undefined;
  const elapsed = (now - Date.parse(run.startedAt)) / 1000;
  const seconds = Math.ceil((elapsed / done) * (total - done));
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.round(seconds / 60)} min left`;
}

/** The time until the run continues; the page counts it down. Undefined when the run does not wait. */
export function countdown({ progress: { resumesAt } }: PresentedRun, now: number) {
  if (!resumesAt) return undefined;
  const seconds = Math.max(0, Math.ceil((Date.parse(resumesAt) - now) / 1000));
  return { seconds, words: countdownWords(seconds) };
}

/** `app.js` repeats these words every second. */
function countdownWords(seconds: number): string {
  if (seconds === 0) return 'a moment';
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
