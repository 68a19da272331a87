import { type EntityManager, In } from 'typeorm';
import { MemberChange } from '../changes/member-change.entity.js';
import { chunks } from '../writing/bulk.js';
import { GithubTeam } from './github-team.entity.js';
import { GithubTeamMember } from './github-team-member.entity.js';

/** Who leaves the organization leaves its teams at the same time; what was read of teams has another time. */
const LEFT_WITH_THEM = `EXISTS (SELECT 1 FROM member_changes gone
  WHERE gone.run_id = made.run_id AND gone.github_id = made.github_id AND gone.kind = 'left'
    AND gone.made_at = made.made_at)`;

/**
 * Gives people who left the organization in a run their places in teams back, and deletes the changes of it, in the
 * caller's transaction. Nobody gets a place in a team that no longer exists.
 */
export async function returnPlaces(
  manager: EntityManager,
  runId: number,
  leavers: number[],
): Promise<void> {
  for (const some of chunks(leavers)) {
    const lost = await manager
      .createQueryBuilder(MemberChange, 'made')
      .innerJoin(
        GithubTeamMember,
        'place',
        `place.github_team_id = made.github_team_id AND place.github_id = made.github_id
          AND place.left_at = made.made_at`,
      )
      .innerJoin(GithubTeam, 'team', 'team.id = place.github_team_id AND team.left_at IS NULL')
      .select(['made.id AS "changeId"', 'place.id AS "placeId"'])
      .where({ runId, kind: 'team_left', githubId: In(some) })
      .andWhere(LEFT_WITH_THEM)
      .getRawMany<{ changeId: number; placeId: number }>();
    for (const each of chunks(lost)) {
      const placeIds = each.map(({ placeId }) => placeId);
      await manager.update(GithubTeamMember, { id: In(placeIds) }, { leftAt: null });
      await manager.delete(MemberChange, { id: In(each.map(({ changeId }) => changeId)) });
    }
  }
}
