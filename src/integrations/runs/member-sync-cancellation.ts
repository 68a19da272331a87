import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, In, IsNull } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { MemberSyncRun } from './member-sync-run.entity.js';
import { activeAfter, keepCounts } from './run-counts.js';
import { isFinished, statesBefore } from './run-states.js';

/** Cancels runs. The worker learns of it with its next beat, and writes nothing more: the run is no longer its own. */
@Injectable()
export class MemberSyncCancellation {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Ends an unfinished run. What was applied stays, and nobody is removed.
   * @throws PublicError 409: `run_finished`; `run_ending` where its list is refused and what it wrote is being taken back
   */
  async cancel(run: Pick<MemberSyncRun, 'id'>, cancelledBy: string): Promise<MemberSyncRun> {
    return inTransaction(this.dataSource, async (manager) => {
      const finishedAt = new Date();
      const message = `Cancelled by ${cancelledBy}.`;
      const { affected } = await manager.update(
        MemberSyncRun,
        // One that is refused is about to end, and must not stop before all is taken back.
        { id: run.id, state: In(statesBefore('cancelled')), errorCode: IsNull() },
        {
          state: 'cancelled',
          unfinishedIntegrationId: null,
          leasedUntil: null,
          resumesAt: null,
          finishedAt,
          errorCode: 'cancelled',
          errorMessage: message,
          errorRemedy: REMEDY,
        },
      );
      if (affected !== 1) throw await refusal(manager, run.id);
      return this.show(manager, run.id, `${message} ${REMEDY}`);
    });
  }

  private async show(
    manager: EntityManager,
    runId: number,
    memberSyncError: string,
  ): Promise<MemberSyncRun> {
    const run = await manager.findOneByOrFail(MemberSyncRun, { id: runId });
    const { integrationId, result } = run;
    await manager.update(
      GithubIntegration,
      { id: integrationId },
      { memberSyncStatus: 'error', memberSyncError, memberSyncResult: result },
    );
    const ended = { activeAfter: activeAfter(integrationId, result) };
    await manager.update(MemberSyncRun, { id: runId }, ended);
    await keepCounts(manager, integrationId, result);
    return run;
  }
}

const REMEDY =
  'What was found until then is in the directory, and nobody was removed. Sync again when you like.';

async function refusal(manager: EntityManager, id: number): Promise<PublicError> {
  const { state } = await manager.findOneByOrFail(MemberSyncRun, { id });
  return isFinished(state) ? finished() : ending();
}

const ending = () =>
  new PublicError(
    409,
    'run_ending',
    'The run failed, and what it wrote is being taken back.',
    'Wait until it is finished. It ends by itself.',
  );

const finished = () =>
  new PublicError(
    409,
    'run_finished',
    'The run is finished already.',
    'Nothing is left to cancel.',
  );
