import type { MemberSyncRun } from '../integrations/runs/member-sync-run.entity.js';
import { printError } from '../platform/process/output.js';
import { number } from './number.js';

/** In columns. */
const WIDTH = 30;

/** Shows a run's progress on stderr: on a terminal a moving bar; elsewhere one line, and one for each wait. */
export class ProgressBar {
  private readonly moves = process.stderr.isTTY;
  private told: string | undefined;

  constructor(private readonly title: string) {
    if (!this.moves) printError(`${title} …`);
  }

  show(run: MemberSyncRun): void {
    const text = progressText(run);
    if (this.moves) process.stderr.write(`\r\x1b[2K${this.title}  ${text}`);
    else if (run.state === 'waiting' && text !== this.told) printError(`${this.title}: ${text}`);
    this.told = text;
  }

  /** Keeps the last state on its line. */
  end(): void {
    if (this.moves) process.stderr.write('\n');
  }
}

function progressText(run: MemberSyncRun): string {
  const { state, phase, done, total, resumesAt, githubRequests } = run;
  if (state === 'queued') return 'waiting for a worker';
  if (resumesAt) return `waiting for GitHub's rate limit until ${resumesAt.toISOString()}`;
  if (!total) return phase ?? 'preparing';
  return `${bar(done / total)} ${number(done)} of ${number(total)}  ${phase}, ${number(githubRequests)} requests`;
}

function bar(part: number): string {
  const full = Math.round(Math.min(part, 1) * WIDTH);
  return '█'.repeat(full) + '░'.repeat(WIDTH - full);
}
