import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { SHELLS } from '../../src/commands/completion.js';
import { localTime } from '../../src/commands/local-time.js';
import { rollcall } from '../../src/commands/program.js';
import { progressLine } from '../../src/commands/progress-bar.js';
import { summaryText } from '../../src/commands/run-outcome.js';
import { columnsOf, tableLines } from '../../src/commands/table.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { noCounts } from '../../src/integrations/runs/sync-counts.js';

const runOf = (values: Partial<MemberSyncRun>): MemberSyncRun =>
  Object.assign(new MemberSyncRun(), { id: 7, state: 'running' }, values);

const reading = runOf({ phase: 'members', done: 3_000, total: 12_000, githubRequests: 1_234 });

describe('the progress line', () => {
  it('fits the terminal, and tells less where there is less room', () => {
    for (let columns = 20; columns <= 120; columns++)
      expect(columnsOf(progressLine('Syncing acme', reading, columns))).toBeLessThan(columns);
    expect(progressLine('Syncing acme', reading, 120)).toBe(
      `Syncing acme  ${'█'.repeat(8)}${'░'.repeat(22)} 3,000 of 12,000  Reading the members, 1,234 requests`,
    );
    expect(progressLine('Syncing acme', reading, 80)).toBe(
      'Syncing acme  ███░░░░░░░ 3,000 of 12,000  Reading the members',
    );
    expect(progressLine('Syncing acme', reading, 32)).toBe('Syncing acme  3,000 of 12,000');
    expect(progressLine('Syncing acme', reading, 20)).toBe('Syncing acme  3,00…');
  });

  it('tells the end of a wait in local time', () => {
    const resumesAt = new Date('2026-11-29T10:00:00Z');
    const waiting = runOf({ state: 'waiting', resumesAt });
    // The tests run in India.
    expect(localTime(resumesAt)).toBe('2026-11-29 15:30:00');
    expect(progressLine('Syncing acme', waiting)).toBe(
      "Syncing acme  Waiting for GitHub's rate limit until 2026-11-29 15:30:00",
    );
  });
});

describe('a table', () => {
  const lines = async (columns?: number) => {
    const rows = async function* () {
      yield ['ada', '王小明王小明王小明王小明', 'a-very-long-address@example.com'];
      yield ['bo', 'Bo', null];
    };
    const all: string[] = [];
    for await (const line of tableLines(['LOGIN', 'NAME', 'EMAIL'], rows, columns)) all.push(line);
    return all;
  };

  it('is cut to the terminal, longest values first', async () => {
    const cut = await lines(40);
    for (const line of cut) expect(columnsOf(line.trimEnd())).toBeLessThanOrEqual(40);
    expect(cut[1]).toMatch(/^ada {4}王小明.*… +a-very.*…\n$/);
    expect(cut[2]).toMatch(/^bo {5}Bo +–\n$/);
  });

  it('is whole in a pipe', async () => {
    expect((await lines())[1]).toContain('a-very-long-address@example.com');
  });
});

describe('what a run did', () => {
  it('is told in the words of the pages', () => {
    const result = { ...noCounts(), created: 2, deactivated: 1, unchanged: 2_500, total: 2_502 };
    const changeCounts = { joined: 2, left: 1 };
    expect(summaryText(runOf({ result, changeCounts }))).toBe('2 joined, 1 left; 2,500 unchanged');
  });
});

describe('completion', () => {
  const completed = (...words: string[]): string[] => {
    const script = `${SHELLS.bash(rollcall())}
      COMP_WORDS=(rollcall ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
      _rollcall; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
  };

  it('completes commands, options and values in bash', () => {
    expect(completed('s')).toEqual(['serve', 'sync', 'sign-in-link']);
    expect(completed('members', 'acme', '--fo')).toEqual(['--format']);
    expect(completed('members', 'acme', '--format', 'c')).toEqual(['csv']);
    expect(completed('user', 'ada@example.com', '--role', '')).toEqual(['admin', 'member']);
    expect(completed('audit', 'v')).toEqual(['verify']);
  });

  it('knows every command in zsh and fish', () => {
    const program = rollcall();
    for (const command of program.commands) {
      expect(SHELLS.zsh(program)).toContain(command.name());
      expect(SHELLS.fish(program)).toContain(`__fish_use_subcommand -a ${command.name()} `);
    }
    expect(SHELLS.fish(program)).toContain("-l format -x -a 'table csv json'");
  });
});
