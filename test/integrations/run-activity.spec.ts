import { describe, expect, it } from 'vitest';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { presentRun } from '../../src/integrations/runs/present-run.js';
import { runActivity, timeLeft } from '../../src/integrations/runs/run-activity.js';

const STARTED = Date.UTC(2026, 10, 24, 10);

const reading = (done: number, more: Partial<MemberSyncRun> = {}): MemberSyncRun => {
  const running = { state: 'running', phase: 'members', done, total: 12_000 } as const;
  const times = { requestedAt: new Date(STARTED), startedAt: new Date(STARTED) };
  return Object.assign(new MemberSyncRun(), running, times, more);
};

const left = (done: number, seconds: number) =>
  timeLeft(presentRun(reading(done)), STARTED + seconds * 1_000);

describe('the time that is left', () => {
  it('is not estimated from less than a twentieth of the members', () => {
    expect(left(599, 10)).toBeUndefined();
    expect(left(600, 10)).toBe('about 3 min left');
  });

  it('is told in whole minutes', () => {
    expect(left(6_000, 100)).toBe('about 2 min left');
    expect(left(11_000, 100)).toBe('less than a minute left');
    expect(left(12_000, 100)).toBeUndefined();
  });
});

describe('what a run is doing', () => {
  it.each([
    ['Reading the members', reading(0)],
    ['Reading the members', reading(11_999)],
    ['Checking that the list is complete', reading(12_000)],
    ['Looking for people who left', reading(12_000, { phase: 'removals' })],
    ['GitHub does not answer, trying again', reading(11_999, { githubSilent: true })],
    ["Waiting for GitHub's rate limit", reading(5, { state: 'waiting', githubSilent: true })],
    ['Waiting for a worker', reading(5, { state: 'queued', githubSilent: true })],
  ])('is told: %s', (words, run) => {
    expect(runActivity(run)).toBe(words);
  });
});
