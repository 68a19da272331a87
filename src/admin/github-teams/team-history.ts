import { Injectable } from '@nestjs/common';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { NOBODY } from '../../members/changes/member-change.entity.js';
import { TeamChanges } from '../../members/github-teams/team-changes.js';
import { MembersService } from '../../members/listing/members.service.js';
import { presentEvent } from '../person/present-event.js';
import { knownPersonPath } from '../shared/person-view.js';

const LATEST = 50;

/** The latest changes of a GitHub team and of who is in it, newest first. */
@Injectable()
export class TeamHistory {
  constructor(
    private readonly changes: TeamChanges,
    private readonly runs: MemberSyncRuns,
    private readonly members: MembersService,
  ) {}

  async latest(integrationId: number, githubTeamId: number) {
    const changes = await this.changes.latest(githubTeamId, LATEST);
    const [runs, people] = await Promise.all([
      this.runs.byIds([...new Set(changes.flatMap(({ runId }) => runId ?? []))]),
      this.members.people(integrationId, [...new Set(changes.map(({ githubId }) => githubId))]),
    ]);
    return {
      organizationId: integrationId,
      events: changes.map((change) => ({
        ...presentEvent(change, runs.get(change.runId ?? 0)),
        person: change.githubId !== NOBODY && {
          login: change.login,
          page: knownPersonPath(integrationId, people.get(change.githubId)?.id),
        },
      })),
    };
  }
}
