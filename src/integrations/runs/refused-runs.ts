import { Injectable } from '@nestjs/common';
import { ChangeReversal } from '../../members/changes/change-reversal.js';
import { MemberListPage } from '../member-sync/member-list-page.entity.js';
import type { MemberSyncRun } from './member-sync-run.entity.js';
import type { RunFailure } from './run-failure.js';
import type { RunLease } from './run-lease.js';

/** Reverts what a run wrote, if its whole list is refused. */
@Injectable()
export class RefusedRuns {
  constructor(private readonly reversal: ChangeReversal) {}

  /** Whether this failure refuses the whole list. */
  concerns({ code }: RunFailure): boolean {
    return code === 'too_many_members';
  }

  /** Why an earlier worker refused the run, if it did not finish the reversal. */
  refusalOf({ errorCode: code, errorMessage, errorRemedy }: MemberSyncRun): RunFailure | undefined {
    if (code === null) return undefined;
    return { code, message: errorMessage ?? '', remedy: errorRemedy ?? '' };
  }

  /**
   * Works in transactions of bounded size. It stores the refusal first, so that the next worker continues the reversal.
   * False if `signal` stopped it before the end.
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
