import { describe, expect, it } from 'vitest';
import type { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { runSummary } from '../../src/integrations/runs/run-summary.js';
import { noCounts, type SyncCounts } from '../../src/integrations/runs/sync-counts.js';
import type { ChangeCounts } from '../../src/members/changes/changes.js';

/** The sentence, as the view writes it. */
function sentence(
  result: Partial<SyncCounts>,
  changeCounts: ChangeCounts | null = null,
  rest: Partial<MemberSyncRun> = {},
): string {
  const run = { ...RUN, changeCounts, ...rest };
  const summary = runSummary({ ...noCounts(), ...result }, run);
  const listed = (parts: { count: number; words: string }[] = []) =>
    parts.map(({ count, words }) => `${count} ${words}`).join(', ');
  const others = listed(summary?.rest);
  const opening = summary?.isUnchanged ? 'Nothing changed' : listed(summary?.changes);
  return `${opening}${others && `${summary?.joint}${others}`}`;
}

const RUN = {
  id: 7,
  integrationId: 3,
  scope: 'everybody' as const,
  removalDecision: null,
  undoesRunId: null,
};

describe('the summary of a run', () => {
  it('tells each kind of change, and leaves out what is 0', () => {
    const kinds = { joined: 12, left: 3, renamed: 1, returned: 0 };
    expect(sentence({ unchanged: 2_484 }, kinds)).toBe(
      '12 joined, 3 left, 1 renamed; 2484 unchanged',
    );
    expect(sentence({}, { joined: 5 })).toBe('5 joined');
    expect(sentence({ failed: 2 }, { returned: 1, role: 1, profile: 2 })).toBe(
      '1 returned, 1 role change, 2 profile changes; 2 failed',
    );
  });

  it('tells what the first sync found, as nobody joined then', () => {
    expect(sentence({ created: 2_500, total: 2_500 }, { joined: 2_500 })).toBe(
      '2500 members found',
    );
    expect(sentence({ created: 1, total: 1 })).toBe('1 member found');
    expect(sentence({ created: 5, unchanged: 1, total: 6 }, { joined: 5 })).toBe(
      '5 joined; 1 unchanged',
    );
  });

  it('has words for nothing', () => {
    expect(sentence({ unchanged: 2_484 }, {})).toBe('Nothing changed; 2484 members unchanged');
    expect(sentence({ unchanged: 1 }, {})).toBe('Nothing changed; 1 member unchanged');
    expect(sentence({}, {})).toBe('Nothing changed');
    expect(runSummary(null, null)).toBeUndefined();
  });

  it('tells of held removals what became of them, and of an undo nothing about GitHub', () => {
    const held = { held: 12, unchanged: 8 };
    expect(sentence(held, {})).toBe('12 removals held, 8 members unchanged');
    expect(sentence({ held: 1 }, { joined: 2 })).toBe('2 joined; 1 removal held');
    const teams = { state: 'complete', added: 0, changed: 0, removed: 0, total: 2 } as const;
    const result = { ...noCounts(), parts: { teams: { ...teams, held: 3 } } };
    expect(sentence({}, {}, { result })).toBe('3 removals from teams held');
    expect(sentence(held, {}, { removalDecision: 'reject' })).toBe(
      'Nothing changed; 12 removals rejected, 8 members unchanged',
    );
    expect(sentence({ unchanged: 8 }, { left: 12 }, { removalDecision: 'approve' })).toBe(
      '12 left; 8 unchanged',
    );
    expect(sentence({}, { returned: 2, left: 1 }, { undoesRunId: 3 })).toBe(
      '2 active again, 1 left again',
    );
  });

  it('falls back on people, where changes were not kept', () => {
    const result = { created: 1, updated: 8, reactivated: 6, deactivated: 5, unchanged: 1_997 };
    expect(sentence(result)).toBe('1 joined, 5 left, 6 returned, 2 updated; 1997 unchanged');
  });

  it('leads to the changes of that kind, and to those who are held', () => {
    const run = { ...RUN, changeCounts: { left: 2 } };
    const summary = runSummary({ ...noCounts(), held: 1, unchanged: 4 }, run);
    expect(summary?.changes[0]?.href).toBe('/integrations/github/3/runs/7/changes?kind=left');
    expect(summary?.rest.map(({ href }) => href)).toEqual([
      '/integrations/github/3/runs/7#held',
      undefined,
    ]);
  });
});
