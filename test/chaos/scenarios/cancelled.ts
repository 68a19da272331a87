import assert from 'node:assert/strict';
import { MemberSyncCancellation } from '../../../src/integrations/runs/member-sync-cancellation.js';
import { PublicError } from '../../../src/platform/public-error.js';
import type { Arena } from '../support/arena.js';
import { changesOf } from '../support/rows.js';
import type { Scenario } from '../support/scenario.js';
import { someMoment } from './killed.js';

export const cancelled: Scenario = {
  name: 'cancelled at a random moment',
  way: 'scaled',
  rounds: 3,
  ends: ['complete', 'cancelled'],
  play: async (arena, random) => {
    const worker = await arena.fleet.one('worker');
    const moment = someMoment(arena, random);
    const id = await arena.ask();
    await moment;
    if (!(await cancel(arena, id))) return;
    const changes = await changesOf(arena.service, id);
    await worker.waitForLine(new RegExp(`Run ${id}: This worker no longer owns the run`));
    const { state, result } = await arena.finished(id);
    assert.equal(state, 'cancelled');
    assert.equal(result?.deactivated ?? 0, 0, 'a cancelled run removed somebody');
    assert.equal(await changesOf(arena.service, id), changes, 'a cancelled run went on');
  },
};

/** False where the run was faster. */
async function cancel({ service }: Arena, id: number): Promise<boolean> {
  try {
    await service.app.get(MemberSyncCancellation, { strict: false }).cancel({ id }, 'ada');
    return true;
  } catch (error) {
    if (error instanceof PublicError && error.code === 'run_finished') return false;
    throw error;
  }
}
