import { beforeAll, describe, expect, it } from 'vitest';
import { MemberSyncCancellation } from '../../src/integrations/runs/member-sync-cancellation.js';
import { MemberSyncClaims } from '../../src/integrations/runs/member-sync-claims.js';
import {
  MemberSyncRun,
  type RunState,
} from '../../src/integrations/runs/member-sync-run.entity.js';
import { RunLease } from '../../src/integrations/runs/run-lease.js';
import { isFinished, RUN_STATES, TRANSITIONS } from '../../src/integrations/runs/run-states.js';
import { noCounts } from '../../src/integrations/runs/sync-counts.js';
import { ChangeSignals } from '../../src/platform/signals/change-signals.js';
import { makeRun } from '../support/make-run.js';
import { type Service, startService, ways } from '../support/service.js';

const progress = {
  phase: 'members',
  people: null,
  done: 1,
  total: 2,
  githubRequests: 3,
  githubNotModified: 0,
  githubSilent: false,
} as const;
const failure = { code: 'internal', message: 'It failed.', remedy: 'Try again.' };

/** Everything that moves a run to a state, as the code does it. */
const moves: Partial<
  Record<RunState, (service: Service, run: MemberSyncRun, lease: RunLease) => Promise<unknown>>
> = {
  running: async ({ app }, run) => {
    if (!(await app.get(MemberSyncClaims, { strict: false }).claim(run.id)))
      throw new Error('not claimed');
  },
  queued: (_, __, lease) => lease.handBack(progress),
  complete: (_, __, lease) =>
    lease.complete(async () => ({ result: noCounts(), changeCounts: {} }), progress),
  error: (_, __, lease) => lease.fail(failure, progress),
  cancelled: ({ app }, run) =>
    app.get(MemberSyncCancellation, { strict: false }).cancel(run, 'ada@example.com'),
};

describe.each(ways)('the states of a run, $way', ({ dialect }) => {
  let service: Service;
  beforeAll(async () => {
    const ends: (() => Promise<void>)[] = [];
    service = await startService({ dialect, consumes: false, atEnd: (end) => ends.push(end) });
    return async () => {
      for (const end of ends.reverse()) await end();
    };
  });

  const edges = RUN_STATES.flatMap((from) =>
    (Object.keys(moves) as RunState[]).map((to) => ({
      from,
      to,
      allowed: TRANSITIONS[from].includes(to),
    })),
  );

  it.each(edges)('$from to $to: $allowed', async ({ from, to, allowed }) => {
    const run = await makeRun(service, from);
    const lease = new RunLease(service.dataSource, run, 20, service.app.get(ChangeSignals));
    const move = moves[to]?.(service, run, lease);
    if (allowed) await move;
    else await expect(move).rejects.toThrow();
    const { state } = await service.dataSource.manager.findOneByOrFail(MemberSyncRun, {
      id: run.id,
    });
    expect(state).toBe(allowed ? to : from);
  });

  it.each(RUN_STATES.filter((state) => !isFinished(state)))(
    '%s counts as unfinished',
    async (state) => {
      const run = await makeRun(service, state);
      await expect(makeRun(service, 'queued', run.integrationId)).rejects.toThrow(
        /unique|duplicate/i,
      );
    },
  );

  it.each(RUN_STATES.filter(isFinished))('%s leaves room for another run', async (state) => {
    const run = await makeRun(service, state);
    expect(await makeRun(service, 'queued', run.integrationId)).toMatchObject({ state: 'queued' });
  });
});
