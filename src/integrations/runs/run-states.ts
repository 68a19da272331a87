import type { RunState } from './member-sync-run.entity.js';

/**
 * Every state of a run, and the states that may follow it. A transition is one conditional update, whose condition is
 * `statesBefore(state)`.
 */
export const TRANSITIONS: Readonly<Record<RunState, readonly RunState[]>> = {
  /** Requested, or handed back by a worker that shuts down. */
  queued: ['running', 'cancelled'],
  /** Claimed by a worker. Then `running` is a takeover, and `queued` a hand-back. */
  running: ['running', 'queued', 'waiting', 'complete', 'error', 'cancelled'],
  /** Waits for GitHub's rate limit. */
  waiting: ['running', 'cancelled'],
  complete: [],
  error: [],
  cancelled: [],
};

export const RUN_STATES = Object.keys(TRANSITIONS) as RunState[];

/** The states from which a run may change to `state`. */
export const statesBefore = (state: RunState): RunState[] =>
  RUN_STATES.filter((from) => TRANSITIONS[from].includes(state));

/** Whether no other state can follow. */
export const isFinished = (state: RunState): boolean => TRANSITIONS[state].length === 0;
