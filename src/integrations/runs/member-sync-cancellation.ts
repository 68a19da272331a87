import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, IsNull } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { ChangeSignals } from '../../platform/signals/change-signals.js';
import { auditRun } from './audit-run.js';
import { finishRun } from './finish-run.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { tellRunEnded } from './run-ended.js';
import type { RunFailure } from './run-failure.js';
import { isFinished } from './run-states.js';

/** Cancels runs. The worker learns of it at its next beat; it can write nothing, because it lost its claim. */
@Injectable()
export class MemberSyncCancellation {
  constructor(
    private readonly dataSource: DataSource,
    private readonly signals: ChangeSignals,
  ) {}

  /**
   * Ends an unfinished run. Applied changes stay, and nobody is removed.
   * @throws PublicError 409: `run_finished`; `run_ending` while the changes of a refused list are reverted
   */
  async cancel(run: Pick<MemberSyncRun, 'id'>, cancelledBy: string): Promise<MemberSyncRun> {
    const cancelledRun = await inTransaction(this.dataSource, async (manager) => {
      const finished = await finishRun(
        manager,
        // A refused run must revert all its changes before it ends.
        { id: run.id, errorCode: IsNull() },
        { state: 'cancelled', failure: cancelled(cancelledBy) },
      );
      if (!finished) throw await refusal(manager, run.id);
      await auditRun(manager, finished, { action: 'sync.cancel' });
      return finished;
    });
    tellRunEnded(cancelledRun);
    this.signals.send(cancelledRun.integrationId);
    return cancelledRun;
  }
}

const cancelled = (cancelledBy: string): RunFailure => ({
  code: 'cancelled',
  message: `Cancelled by ${cancelledBy}.`,
  remedy:
    'What was found so far is in the directory. Nobody was removed. You can sync again at any time.',
});

async function refusal(manager: EntityManager, id: number): Promise<PublicError> {
  const { state } = await manager.findOneByOrFail(MemberSyncRun, { id });
  return isFinished(state) ? runFinished() : ending();
}

const ending = () =>
  new PublicError(
    409,
    'run_ending',
    'The run failed and its changes are being reverted.',
    'Wait until it finishes. It ends on its own.',
  );

export const runFinished = () =>
  new PublicError(
    409,
    'run_finished',
    'The run is already finished.',
    'There is nothing to cancel.',
  );
