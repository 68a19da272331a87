import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChangeContext } from '../changes/change-log.js';
import { addChanges, type ChangeCounts } from '../changes/changes.js';
import type { UndoneRun } from './reversible-team-changes.js';
import { GithubTeamUpdates } from './team-updates.js';
import { type MovedPeople, teamsBefore } from './teams-before.js';

/** How many teams, and how many memberships of teams, an undo makes as they were. */
export interface ReversedTeams {
  githubTeams: number;
  places: number;
}

/** Gives GitHub teams, and who is in them, back as they were before a run. It asks GitHub nothing. */
@Injectable()
export class TeamReversal {
  constructor(private readonly updates: GithubTeamUpdates) {}

  async count(manager: EntityManager, run: UndoneRun, moved: MovedPeople): Promise<ReversedTeams> {
    const { updates, ended, places } = await teamsBefore(manager, run, moved);
    return { githubTeams: updates.length + ended.length, places: places.length };
  }

  /** In the caller's transaction, after the people. */
  async reverse(
    manager: EntityManager,
    context: ChangeContext,
    run: UndoneRun,
    moved: MovedPeople,
  ): Promise<ChangeCounts> {
    const { updates, ended, places, teams } = await teamsBefore(manager, run, moved);
    return [
      await this.updates.write(manager, context, updates, teams),
      await this.updates.place(manager, context, places),
      await this.updates.end(manager, context, ended),
    ].reduce(addChanges);
  }
}
