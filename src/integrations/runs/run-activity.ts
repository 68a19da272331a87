import type { MemberSyncRun, RunPhase } from './member-sync-run.entity.js';
import type { PresentedRun } from './present-run.js';

/** Below this part of the members an estimate would be a guess. */
const MIN_PART_FOR_ESTIMATE = 0.05;

const PHASES: Record<RunPhase, string> = {
  preparing: 'Asking GitHub about the organization',
  members: 'Reading the members',
  removals: 'Looking for people who left',
  outsideCollaborators: 'Reading the outside collaborators',
  invitations: 'Reading the invitations',
  teams: 'Reading the teams',
  identities: 'Reading the corporate identities',
};

/** What an unfinished run is doing, in words. */
export function runActivity(run: MemberSyncRun): string {
  const { state, phase, queueProblem } = run;
  if (state === 'queued')
    return queueProblem ? `Waiting for a worker: ${queueProblem}` : 'Waiting for a worker';
  if (state === 'waiting') return "Waiting for GitHub's rate limit";
  if (run.githubSilent) return 'GitHub does not answer, trying again';
  return isListRead(run) ? 'Checking that the list is complete' : PHASES[phase ?? 'preparing'];
}

/** Whether everybody is stored, and the list is read once more to prove that nobody is missing. */
export const isListRead = ({
  phase,
  done,
  total,
}: Pick<MemberSyncRun, 'phase' | 'done' | 'total'>): boolean =>
  phase === 'members' && done > 0 && done >= (total ?? Number.POSITIVE_INFINITY);

/** The estimated time left, in words; undefined when it is not known. */
export function timeLeft(run: PresentedRun, now: number): string | undefined {
  const { done, total, phase } = run.progress;
  if (run.state !== 'running' || phase !== 'members' || !run.startedAt || !total) return undefined;
  if (done < MIN_PART_FOR_ESTIMATE * total || done >= total) return undefined;
  const elapsed = (now - Date.parse(run.startedAt)) / 1000;
  const seconds = Math.ceil((elapsed / done) * (total - done));
  return seconds < 60 ? 'less than a minute left' : `about ${Math.round(seconds / 60)} min left`;
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
