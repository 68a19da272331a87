import { Injectable } from '@nestjs/common';
import { EntityManager } from 'typeorm';
import { addChanges } from '../../members/changes/changes.js';
import { CollaboratorUpdates } from '../../members/directory/collaborator-updates.js';
import { DirectoryUpdates } from '../../members/directory/directory-updates.js';
import { addToCounts } from '../../members/member-counts.js';
import { GithubIntegration } from '../connections/github-integration.entity.js';
import { IntegrationPart } from '../parts/integration-part.entity.js';
import type { PartResults } from '../parts/part.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { addCounts, countsOf, type RunResult } from '../runs/sync-counts.js';
import type { HeldPart } from './held-part.js';
import type { HeldRemoval } from './held-removal.entity.js';

/** A run that holds removals. */
export type HoldingRun = MemberSyncRun & { result: RunResult };

/** Removes the people whose removal an admin approved. */
@Injectable()
export class ApprovedRemovals {
  constructor(
    private readonly directory: DirectoryUpdates,
    private readonly collaborators: CollaboratorUpdates,
  ) {}

  /** Now and by the admin, as changes of the run that held them; in the caller's transaction. */
  async apply(
    manager: EntityManager,
    run: HoldingRun,
    removals: HeldRemoval[],
    madeBy: string,
  ): Promise<void> {
    const { id: runId, integrationId } = run;
    const context = { integrationId, runId, madeBy, at: new Date() };
    const [members, collaborators] = [
      idsOf(removals, 'members'),
      idsOf(removals, 'outsideCollaborators'),
    ];
    const left = await this.directory.removeAll(manager, context, members);
    const gone = await this.collaborators.removeAll(manager, context, collaborators);
    const { people: deactivated } = left;
    const removed = gone.changes.collaborator_removed ?? 0;
    const parts = withRemoved(run.result.parts, removed);
    const result = {
      ...run.result,
      ...addCounts(run.result, { deactivated, held: -removals.length }),
      ...(parts && { parts }),
    };
    await manager.update(
      MemberSyncRun,
      { id: runId },
      {
        result,
        changeCounts: [left, gone].reduce(
          (sum, { changes }) => addChanges(sum, changes),
          run.changeCounts ?? {},
        ),
        activeAfter: run.activeAfter === null ? null : run.activeAfter - deactivated,
        removalsApproved: (run.removalsApproved ?? 0) + removals.length,
      },
    );
    await manager.increment(
      IntegrationPart,
      { integrationId, runId, part: 'outsideCollaborators' },
      'removed',
      removed,
    );
    await addToCounts(manager, integrationId, { active: -deactivated, left: deactivated });
    const latest = await manager.maximum(MemberSyncRun, 'id', { integrationId });
    if (latest === runId)
      await manager.update(
        GithubIntegration,
        { id: integrationId },
        { memberSyncResult: countsOf(result) },
      );
  }
}

const idsOf = (removals: HeldRemoval[], part: HeldPart): number[] =>
  removals.filter((one) => one.part === part).map(({ githubId }) => githubId);

function withRemoved(parts: PartResults | undefined, removed: number): PartResults | undefined {
  const known = parts?.outsideCollaborators;
  if (!known) return parts;
  return { ...parts, outsideCollaborators: { ...known, removed: known.removed + removed } };
}
