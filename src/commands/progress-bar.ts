import type { MemberSyncRun } from '../integrations/runs/member-sync-run.entity.js';
import { runActivity } from '../integrations/runs/run-activity.js';
import { number } from '../platform/number.js';
import { printError } from '../platform/process/output.js';
import { localTime } from './local-time.js';
import { columnsOf, cut } from './table.js';

/** Columns of the bar, where there is room, and where there is little. */
const WIDE = 30;
const NARROW = 10;

/** Of a terminal that does not tell its width. */
const DEFAULT_COLUMNS = 80;

/** Shows a run's progress on stderr: on a terminal a moving bar; elsewhere one line, and one for each wait. */
export class ProgressBar {
  private readonly moves = process.stderr.isTTY;
  private told: string | undefined;

  constructor(private readonly title: string) {
    if (!this.moves) printError(`${title} …`);
  }

  show(run: MemberSyncRun): void {
    if (this.moves) {
      const columns = process.stderr.columns || DEFAULT_COLUMNS;
      process.stderr.write(`\r\x1b[2K${progressLine(this.title, run, columns)}`);
      return;
    }
    const text = progressLine(this.title, run);
    if (run.state === 'waiting' && text !== this.told) printError(text);
    this.told = text;
  }

  /** Keeps the last state on its line. */
  end(): void {
    if (this.moves) process.stderr.write('\n');
  }
}

/** One line that fits; a line as wide as the terminal would wrap in some. */
export function progressLine(
  title: string,
  run: MemberSyncRun,
  columns = Number.POSITIVE_INFINITY,
): string {
  const lines = textsOf(run).map((text) => `${title}  ${text}`);
  return lines.find((line) => columnsOf(line) < columns) ?? cut(lines.at(-1) ?? '', columns - 1);
}

/** From the longest to the shortest. */
function textsOf(run: MemberSyncRun): string[] {
  const { done, total, resumesAt, githubRequests } = run;
  const doing = runActivity(run);
  if (resumesAt) return [`${doing} until ${localTime(resumesAt)}`];
  if (!total) return [doing];
  const counts = `${number(done)} of ${number(total)}`;
  return [
    `${bar(done / total, WIDE)} ${counts}  ${doing}, ${number(githubRequests)} requests`,
    `${bar(done / total, NARROW)} ${counts}  ${doing}`,
    `${bar(done / total, NARROW)} ${counts}`,
    counts,
  ];
}

function bar(part: number, width: number): string {
  const full = Math.round(Math.min(part, 1) * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}
