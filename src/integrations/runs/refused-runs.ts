import { Injectable } from '@nestjs/common';
import { ChangeReversal } from '../../members/changes/change-reversal.js';
import { MemberListPage } from '../member-sync/member-list-page.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import type { RunFailure } from './run-failure.js';
import type { RunLease } from './run-lease.js';

/** Takes back what a run wrote whose list is refused as a whole. */
@Injectable()
export class RefusedRuns {
  constructor(private readonly reversal: ChangeReversal) {}

  /** Whether such a failure leaves nothing behind. */
  concerns({ code }: RunFailure): boolean {
    return code === 'too_many_members';
  }

  /** Why the run was refused, where a worker before this one said so and did not come to the end. */
  refusalOf({ errorCode: code, errorMessage, errorRemedy }: MemberSyncRun): RunFailure | undefined {
    if (code === null) return undefined;
    return { code, message: errorMessage ?? '', remedy: errorRemedy ?? '' };
  }

  /**
   * In transactions of bounded size. The refusal is written first, so that whoever takes the run over goes on with this.
   * False where `signal` stopped it before the end.
   */
  async takeBack(
    lease: RunLease,
    { code, message, remedy }: RunFailure,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { id: runId } = lease.run;
    await lease.write(async (manager) => {
      await manager.delete(MemberListPage, { runId });
      return {
        errorCode: code,
        errorMessage: message,
        errorRemedy: remedy,
        result: null,
        changeCounts: null,
      };
    });
    for (let isLeft = true; isLeft; ) {
      if (signal.aborted) return false;
      await lease.write(async (manager) => {
        isLeft = await this.reversal.reverseSome(manager, lease.run);
        return {};
      });
    }
    return true;
  }
}
