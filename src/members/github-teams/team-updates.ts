import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull } from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import { type ChangeContext, ChangeLog } from '../changes/change-log.js';
import { addChanges, type ChangeCounts } from '../changes/changes.js';
import { chunks } from '../writing/bulk.js';
import { GithubTeam } from './github-team.entity.js';
import { GithubTeamMember } from './github-team-member.entity.js';
import type { StoredTeam } from './team-diff.js';
import {
  draftOfPlace,
  draftsOfTeam,
  type PlaceChange,
  type TeamUpdate,
  teamDeleted,
} from './team-drafts.js';

const OVERWRITING = {
  key: ['integration_id', 'github_id'],
  columns: ['slug', 'name', 'privacy', 'parent_github_id', 'since', 'left_at'],
};

/** Writes the teams of an organization and who is in them, with their changes, in the caller's transaction. */
@Injectable()
export class GithubTeamUpdates {
  constructor(private readonly log: ChangeLog) {}

  /** @param known all known teams by GitHub's id, with those that are written */
  async write(
    manager: EntityManager,
    context: ChangeContext,
    updates: TeamUpdate[],
    known: ReadonlyMap<number, Pick<GithubTeam, 'slug'>>,
  ): Promise<ChangeCounts> {
    const { integrationId, at } = context;
    const rows = updates.map(({ before, after, since }) => ({
      integrationId,
      ...after,
      since: since ?? (before && !before.leftAt ? before.since : at),
      leftAt: null,
    }));
    for (const some of chunks(rows)) await insertRows(manager, GithubTeam, some, OVERWRITING);
    const written = await manager.find(GithubTeam, {
      select: { id: true, githubId: true },
      where: { integrationId, githubId: In(rows.map(({ githubId }) => githubId)) },
    });
    const ids = new Map(written.map(({ githubId, id }) => [githubId, id]));
    const drafts = updates.flatMap((one) =>
      draftsOfTeam(one, ids.get(one.after.githubId) as number, known),
    );
    return this.log.record(manager, context, drafts);
  }

  /** Of teams that no longer exist. Who is in them must have left before. */
  async end(
    manager: EntityManager,
    context: ChangeContext,
    teams: StoredTeam[],
  ): Promise<ChangeCounts> {
    for (const some of chunks(teams))
      await manager.update(GithubTeam, { id: In(idsOf(some)) }, { leftAt: context.at });
    return this.log.record(manager, context, teams.map(teamDeleted));
  }

  /** People who join or leave teams, or have another role there. */
  async place(
    manager: EntityManager,
    context: ChangeContext,
    changes: PlaceChange[],
  ): Promise<ChangeCounts> {
    const { at: since } = context;
    const joined = changes.flatMap(({ team, person, before, after: role }) =>
      before === '' && role !== ''
        ? [{ githubTeamId: team.id, githubId: person.githubId, role, since, leftAt: null }]
        : [],
    );
    for (const some of chunks(joined))
      await insertRows(manager, GithubTeamMember, some, undefined, ['since', 'leftAt']);
    for (const role of ['', 'maintainer', 'member'] as const) {
      const ids = changes.flatMap(({ placeId, after }) =>
        after === role && placeId !== undefined ? [placeId] : [],
      );
      for (const some of chunks(ids))
        await manager.update(
          GithubTeamMember,
          { id: In(some) },
          role === '' ? { leftAt: context.at } : { role },
        );
    }
    return this.log.record(manager, context, changes.map(draftOfPlace));
  }

  /** Takes people who leave the organization out of its teams. GitHub does that, too, and tells nothing of it. */
  async leaveAll(
    manager: EntityManager,
    context: ChangeContext,
    people: PlaceChange['person'][],
  ): Promise<ChangeCounts> {
    let changes: ChangeCounts = {};
    for (const some of chunks(people)) {
      const found = await changesOfLeavers(manager, context.integrationId, some);
      if (found.length > 0)
        changes = addChanges(changes, await this.place(manager, context, found));
    }
    return changes;
  }
}

async function changesOfLeavers(
  manager: EntityManager,
  integrationId: number,
  people: PlaceChange['person'][],
): Promise<PlaceChange[]> {
  const byId = new Map(people.map((person) => [person.githubId, person]));
  const places = await manager
    .createQueryBuilder(GithubTeamMember, 'place')
    .innerJoin(GithubTeam, 'team', 'team.id = place.githubTeamId')
    .where('team.integrationId = :integrationId', { integrationId })
    .andWhere({ githubId: In([...byId.keys()]), leftAt: IsNull() })
    .getMany();
  if (places.length === 0) return [];
  const teamIds = [...new Set(places.map(({ githubTeamId }) => githubTeamId))];
  const teams = await manager.findBy(GithubTeam, { id: In(teamIds) });
  return places.flatMap(({ id: placeId, githubTeamId, githubId, role }): PlaceChange[] => {
    const [team, person] = [teams.find(({ id }) => id === githubTeamId), byId.get(githubId)];
    return team && person ? [{ team, person, placeId, before: role, after: '' }] : [];
  });
}

const idsOf = (rows: { id: number }[]): number[] => rows.map(({ id }) => id);
