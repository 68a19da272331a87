import type { RunState } from './member-sync-run.entity.js';

/**
 * Every state that a run can be in, and what may become of it: the one place that says so. A transition is one conditional
 * update, whose condition is `before(state)`.
 */
export const TRANSITIONS: Readonly<Record<RunState, readonly RunState[]>> = {
  /** Asked for, or handed back by a worker that shuts down. */
  queued: ['running', 'cancelled'],
  /** Claimed by a worker. `running` again is a takeover, `queued` a handing back. */
  running: ['running', 'queued', 'waiting', 'complete', 'error', 'cancelled'],
  /** Until GitHub's rate limit is over. */
  waiting: ['running', 'cancelled'],
  complete: [],
  error: [],
  cancelled: [],
};

export const RUN_STATES = Object.keys(TRANSITIONS) as RunState[];

/** The states from which a run may get into `state`. */
export const statesBefore = (state: RunState): RunState[] =>
  RUN_STATES.filter((from) => TRANSITIONS[from].includes(state));

/** A run that nothing more will happen to. */
export const isFinished = (state: RunState): boolean => TRANSITIONS[state].length === 0;
