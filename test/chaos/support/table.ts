import type { Verdict } from './verdict.js';

export interface Score {
  scenario: string;
  rounds: number;
  seed: number;
  verdict: Verdict;
}

const HEAD = ['scenario', 'rounds', 'lost', 'doubled', 'hanging', 'wrong', 'seed'];

/** The scores, a line each, in columns. */
export function tableOf(scores: Score[]): string {
  const rows = scores.map(({ scenario, rounds, seed, verdict }) => {
    const { lost, doubled, hanging, wrong } = verdict;
    const faults = [lost, doubled, hanging, wrong].map(({ length }) => length);
    return [scenario, rounds, ...faults, seed].map(String);
  });
  const lines = [HEAD, ...rows];
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const padded = lines.map(([first = '', ...rest]) =>
    [
      first.padEnd(widths[0] ?? 0),
      ...rest.map((cell, column) => cell.padStart(widths[column + 1] ?? 0)),
    ].join('  '),
  );
  return `${padded.join('\n')}\n`;
}
