import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Not } from 'typeorm';
import type { ChangeContext } from '../../members/changes/change-log.js';
import { addChanges, type ChangeCounts } from '../../members/changes/changes.js';
import { MemberChange } from '../../members/changes/member-change.entity.js';
import { knownTeams, placesIn } from '../../members/github-teams/known-teams.js';
import { GithubTeamUpdates } from '../../members/github-teams/team-updates.js';
import { chunks } from '../../members/writing/bulk.js';
import { placeChanges } from '../parts/team-places.js';
import type { HeldTeamRemoval } from './held-team-removal.entity.js';

/** Who approved, and the run that held. */
type ApprovalContext = ChangeContext & { runId: number };

/** What an approval did, in teams, and the changes that it recorded. */
interface RemovedTeams {
  removed: number;
  /** Teams that exist and have other members now; without those that the run changed before. */
  changed: number;
  changes: ChangeCounts;
}

/** Ends the teams, and the places in teams, whose removal an admin approved. */
@Injectable()
export class ApprovedTeamRemovals {
  constructor(private readonly updates: GithubTeamUpdates) {}

  /** Without those that ended meanwhile; in the caller's transaction. */
  async apply(
    manager: EntityManager,
    context: ApprovalContext,
    held: HeldTeamRemoval[],
  ): Promise<RemovedTeams> {
    if (held.length === 0) return { removed: 0, changed: 0, changes: {} };
    const { integrationId } = context;
    const teams = await knownTeams(manager, integrationId);
    const heldTeams = new Set(
      held.flatMap(({ githubTeamId, placeId }) => (placeId === null ? [githubTeamId] : [])),
    );
    const heldPlaces = new Set(held.map(({ placeId }) => placeId));
    const open = await placesIn(manager, [...new Set(held.map((one) => one.githubTeamId))]);
    const removed = open.filter(
      ({ id, githubTeamId }) => heldTeams.has(githubTeamId) || heldPlaces.has(id),
    );
    const different = new Set(removed.map(({ githubTeamId }) => githubTeamId));
    for (const id of [...heldTeams, ...(await changedBefore(manager, context, different))])
      different.delete(id);
    let changes: ChangeCounts = {};
    for await (const some of placeChanges(manager, {
      integrationId,
      teams,
      different: [],
      removed,
    }))
      changes = addChanges(changes, await this.updates.place(manager, context, some));
    const ended = [...teams.values()].filter(({ id, leftAt }) => heldTeams.has(id) && !leftAt);
    changes = addChanges(changes, await this.updates.end(manager, context, ended));
    return { removed: ended.length, changed: different.size, changes };
  }
}

/** Who left the organization in the run left the teams too, which does not count as a change of a team. */
async function changedBefore(
  manager: EntityManager,
  { runId }: ApprovalContext,
  githubTeamIds: ReadonlySet<number>,
): Promise<number[]> {
  const found: number[] = [];
  for (const some of chunks([...githubTeamIds])) {
    const changes = await manager.find(MemberChange, {
      select: { id: true, githubTeamId: true },
      where: { runId, githubTeamId: In(some), kind: Not('team_left') },
    });
    found.push(...changes.flatMap(({ githubTeamId }) => githubTeamId ?? []));
  }
  return found;
}
