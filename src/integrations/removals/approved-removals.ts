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
import { addCounts, countsOf } from '../runs/sync-counts.js';
import { ApprovedTeamRemovals } from './approved-team-removals.js';
import type { HeldPart } from './held-part.js';
import type { HeldRemoval } from './held-removal.entity.js';
import type { HeldTeamRemoval } from './held-team-removal.entity.js';
import type { HoldingRun } from './undecided-run.js';

/** What a run holds. */
export interface HeldSet {
  people: HeldRemoval[];
  ofTeams: HeldTeamRemoval[];
}

/** Removes what an admin approved: people, and GitHub teams and places in them. */
@Injectable()
export class ApprovedRemovals {
  constructor(
    private readonly directory: DirectoryUpdates,
    private readonly collaborators: CollaboratorUpdates,
    private readonly teams: ApprovedTeamRemovals,
  ) {}

  /** Now and by the admin, as changes of the run that held them; in the caller's transaction. */
  async apply(
    manager: EntityManager,
    run: HoldingRun,
    { people, ofTeams }: HeldSet,
    madeBy: string,
  ): Promise<void> {
    const { id: runId, integrationId } = run;
    const context = { integrationId, runId, madeBy, at: new Date() };
    const [members, collaborators] = [
      idsOf(people, 'members'),
      idsOf(people, 'outsideCollaborators'),
    ];
    const left = await this.directory.removeAll(manager, context, members);
    const gone = await this.collaborators.removeAll(manager, context, collaborators);
    const teams = await this.teams.apply(manager, context, ofTeams);
    const { people: deactivated } = left;
    const { collaborator_removed: removed = 0 } = gone.changes;
    const done = {
      outsideCollaborators: { removed, changed: 0, held: 0 },
      teams: { removed: teams.removed, changed: teams.changed, held: -ofTeams.length },
    };
    const { parts } = run.result;
    const result = {
      ...run.result,
      ...addCounts(run.result, { deactivated, held: -people.length }),
      ...(parts && { parts: withDone(parts, done) }),
    };
    await manager.update(
      MemberSyncRun,
      { id: runId },
      {
        result,
        changeCounts: [left, gone, teams].reduce(
          (sum, { changes }) => addChanges(sum, changes),
          run.changeCounts ?? {},
        ),
        activeAfter: run.activeAfter === null ? null : run.activeAfter - deactivated,
        removalsApproved: (run.removalsApproved ?? 0) + people.length + ofTeams.length,
      },
    );
    for (const part of DONE_PARTS)
      for (const count of ['removed', 'changed'] as const) {
        const noted = { integrationId, runId, part };
        await manager.increment(IntegrationPart, noted, count, done[part][count]);
      }
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

/** The parts whose counts an approval changes, beside the members. */
const DONE_PARTS = ['outsideCollaborators', 'teams'] as const;

type Done = Record<(typeof DONE_PARTS)[number], Record<'removed' | 'changed' | 'held', number>>;

function withDone(parts: PartResults, done: Done): PartResults {
  const after = { ...parts };
  for (const part of DONE_PARTS) {
    const known = parts[part];
    if (!known) continue;
    const { removed, changed, held } = done[part];
    after[part] = {
      ...known,
      ...{ removed: known.removed + removed, changed: known.changed + changed },
      ...(known.held && { held: known.held + held }),
    };
  }
  return after;
}
