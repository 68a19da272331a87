import { Injectable } from '@nestjs/common';
import { DataSource, In, IsNull, LessThan } from 'typeorm';
import type { RunEvent } from '../../integrations/outbox/event-types.js';
import { HeldRemoval } from '../../integrations/removals/held-removal.entity.js';
import { HeldTeamRemoval } from '../../integrations/removals/held-team-removal.entity.js';
import { MemberSyncRun } from '../../integrations/runs/member-sync-run.entity.js';
import { presentRun } from '../../integrations/runs/present-run.js';
import { heldCounts } from '../../integrations/runs/sync-counts.js';
import { NOBODY } from '../../members/changes/member-change.entity.js';
import type { ToldRemoval, WhatChanged } from './message-body.js';
import { MAX_TOLD } from './told-changes.js';

/** Finds what the end of a run has to tell. */
@Injectable()
export class ToldRunReader {
  constructor(private readonly dataSource: DataSource) {}

  /** Undefined for nothing. An undo asks GitHub nothing, so it neither fails nor recovers. */
  async read(run: MemberSyncRun, event: RunEvent): Promise<WhatChanged | undefined> {
    if (run.undoesRunId !== null) return undefined;
    if (event === 'removals.held') return this.held(run);
    const before = await this.runBefore(run);
    const told = { before: before && outcomeOf(before), after: outcomeOf(run) };
    const isFailing = run.state === 'error' && run.errorCode !== before?.errorCode;
    const isRecovering = run.state === 'complete' && before?.state === 'error';
    return (event === 'run.failed' ? isFailing : isRecovering) ? told : undefined;
  }

  /** Runs of single people and of everybody fail for different reasons, so each is compared with its like. */
  private runBefore({ id, integrationId, scope }: MemberSyncRun): Promise<MemberSyncRun | null> {
    return this.dataSource.manager.findOne(MemberSyncRun, {
      where: {
        ...{ integrationId, scope, undoesRunId: IsNull() },
        id: LessThan(id),
        state: In(['complete', 'error']),
      },
      order: { id: 'DESC' },
    });
  }

  private async held(run: MemberSyncRun): Promise<WhatChanged | undefined> {
    const { people, ofTeams, all } = heldCounts(run.result);
    if (all === 0) return undefined;
    const removals = [...(await this.heldPeople(run)), ...(await this.heldOfTeams(run))];
    return {
      before: { held: 0 },
      after: { held: all, people, ofTeams },
      total: all,
      removals: removals.slice(0, MAX_TOLD),
    };
  }

  private async heldPeople({ id: runId }: MemberSyncRun): Promise<ToldRemoval[]> {
    const order = { login: 'ASC' } as const;
    const query = { where: { runId }, order, take: MAX_TOLD };
    const held = await this.dataSource.manager.find(HeldRemoval, query);
    return held.map(({ githubId, login }) => ({ githubId, login, githubTeam: null }));
  }

  private async heldOfTeams({ id: runId }: MemberSyncRun): Promise<ToldRemoval[]> {
    const order = { teamName: 'ASC', githubTeamId: 'ASC', login: 'ASC' } as const;
    const query = { where: { runId }, order, take: MAX_TOLD };
    const held = await this.dataSource.manager.find(HeldTeamRemoval, query);
    return held.map(({ githubId, login, teamName }) => ({
      githubId: githubId === NOBODY ? null : githubId,
      login,
      githubTeam: teamName,
    }));
  }
}

function outcomeOf(run: MemberSyncRun) {
  const { id, number, state, finishedAt, error } = presentRun(run);
  return { id, number, state, finishedAt, error };
}
