import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { knownAmong } from '../../github/members/user-ids.js';
import { TeamReader } from '../../github/teams/read-teams.js';
import { idsByNodeId, knownTeams } from '../../members/github-teams/known-teams.js';
import type { StoredTeam } from '../../members/github-teams/team-diff.js';
import { GithubTeamUpdates } from '../../members/github-teams/team-updates.js';
import { chunks } from '../../members/writing/bulk.js';
import type { HintedTeam } from '../hints/hint-subject.js';
import { concludingTeamRemovals, newlyMissing } from './held-team-removals.js';
import type { PartContext, PartOutcome, PartReading, PartSync } from './part-sync.js';
import { placeChanges } from './team-places.js';
import { type TeamRemovals, teamRemovals } from './team-removals.js';
import { type TeamsDifference, teamsDifference } from './teams-difference.js';

type Known = ReadonlyMap<number, StoredTeam>;

/** The teams as they are stored, and what is different at GitHub. */
interface TeamsRead {
  known: Known;
  difference: TeamsDifference;
  /** GitHub's ids of the teams that exist. */
  githubIds: ReadonlySet<number>;
}

/** Brings the GitHub teams and who is in them in step. */
@Injectable()
export class GithubTeamsPart implements PartSync<TeamsRead> {
  readonly part = 'teams';

  constructor(
    private readonly dataSource: DataSource,
    private readonly updates: GithubTeamUpdates,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read(context: PartReading): Promise<TeamsRead> {
    const { manager } = this.dataSource;
    const known = await knownTeams(manager, context.integrationId);
    const reader = this.reader(context);
    const { githubTeams: named } = context;
    const read = named ? reader.named(named.map(namedTeam)) : reader.teams();
    const difference = await teamsDifference(manager, known, read);
    return { known, difference, githubIds: reader.githubIds };
  }

  async apply(
    context: PartContext,
    { known, difference, githubIds }: TeamsRead,
  ): Promise<PartOutcome> {
    const { manager } = this.dataSource;
    const { githubTeams: named } = context;
    const existing = [...known.values()].filter(({ leftAt }) => !leftAt);
    const looked = new Set(named?.map(({ githubTeamId }) => githubTeamId));
    const expected = named ? existing.filter(({ githubId }) => looked.has(githubId)) : existing;
    const { back, ...missing } = await newlyMissing(manager, context, expected, {
      teams: expected.filter(({ githubId }) => !githubIds.has(githubId)),
      places: difference.places.flatMap(({ left }) => left),
    });
    const teamsBefore = existing.length;
    const removals = await teamRemovals(manager, context, { ...missing, teamsBefore });
    await this.writeTeams(context, known, difference);
    await this.writePlaces(context, difference, removals);
    await this.endTeams(context, removals.teams);
    const counts = countsOf(difference, removals);
    const { held } = removals;
    const total = named ? existing.length + counts.added - counts.removed : githubIds.size;
    return {
      ...{ ...counts, total, held: held.teams.length + held.places.length },
      missing: missingOf(removals, difference),
      conclude: concludingTeamRemovals(context, held, back),
    };
  }

  private reader({ access, integrationId, applied }: PartReading): TeamReader {
    const { manager } = this.dataSource;
    let ids: Promise<Map<string, number>> | undefined;
    let all: typeof ids;
    const knownNow = async (nodeIds: string[]) => {
      ids ??= idsByNodeId(manager, integrationId);
      return knownAmong(await ids, nodeIds);
    };
    const knownIds = async (nodeIds: string[]) => {
      const known = await knownNow(nodeIds);
      if (known.size === nodeIds.length) return known;
      // They may be among those who are just being applied.
      all ??= applied.then(() => idsByNodeId(manager, integrationId));
      return knownAmong(await all, nodeIds);
    };
    return new TeamReader(access.client, access.organization, {
      concurrency: this.config.sync.githubConcurrency,
      ...{ knownIds, knownNow },
    });
  }

  private async writeTeams(
    context: PartContext,
    known: Known,
    { teams }: TeamsDifference,
  ): Promise<void> {
    const slugs = new Map([
      ...known,
      ...teams.map(({ after }) => [after.githubId, after] as const),
    ]);
    for (const some of chunks(teams)) {
      context.signal.throwIfAborted();
      await context.write((manager, made) => this.updates.write(manager, made, some, slugs));
    }
  }

  private async writePlaces(
    { integrationId, signal, write }: PartContext,
    { places: different }: TeamsDifference,
    { places: removed }: TeamRemovals,
  ): Promise<void> {
    if (different.length + removed.length === 0) return;
    const { manager } = this.dataSource;
    const teams = await knownTeams(manager, integrationId);
    const found = { integrationId, teams, different, removed };
    for await (const some of placeChanges(manager, found)) {
      signal.throwIfAborted();
      await write((manager, made) => this.updates.place(manager, made, some));
    }
  }

  private async endTeams({ write }: PartContext, teams: StoredTeam[]): Promise<void> {
    for (const some of chunks(teams))
      await write((manager, made) => this.updates.end(manager, made, some));
  }
}

const namedTeam = ({ githubTeamId: githubId, nodeId = null }: HintedTeam) => ({ githubId, nodeId });

/** Counts teams: one with other members is a changed one. */
function countsOf({ teams, places }: TeamsDifference, removals: TeamRemovals) {
  const isNew = ({ before }: TeamsDifference['teams'][number]) => !before || before.leftAt;
  const removed = new Set(removals.places);
  const different = places.filter(
    ({ joined, changed, left }) =>
      joined.length + changed.length > 0 || left.some((place) => removed.has(place)),
  );
  const added = new Set(teams.filter(isNew).map(({ after }) => after.githubId));
  const changed = new Set([
    ...teams.map(({ after }) => after.githubId),
    ...different.map(({ team }) => team.githubId),
  ]);
  for (const id of added) changed.delete(id);
  return { added: added.size, changed: changed.size, removed: removals.teams.length };
}

function missingOf({ missing }: TeamRemovals, { tooLong }: TeamsDifference): string | undefined {
  const notStored =
    tooLong > 0 && `${tooLong} teams could not be stored: their names are too long.`;
  return [missing, notStored].filter(Boolean).join(' ') || undefined;
}
