import { type EntityManager, In, LessThan } from 'typeorm';
import { asTime } from '../listing/member-conditions.js';
import { GithubTeam } from './github-team.entity.js';
import { GithubTeamMember } from './github-team-member.entity.js';

/** Removes teams, and places in teams, that ended before `cutoff`; at most so many. Returns how many. */
export async function pruneTeams(
  manager: EntityManager,
  integrationId: number,
  cutoff: Date,
  most: number,
): Promise<number> {
  const places = await manager
    .createQueryBuilder(GithubTeamMember, 'place')
    .select('place.id', 'id')
    .innerJoin(GithubTeam, 'team', 'team.id = place.github_team_id')
    .where('team.integration_id = :integrationId AND place.left_at < :cutoff', {
      integrationId,
      cutoff: asTime(cutoff),
    })
    .limit(most)
    .getRawMany<{ id: number }>();
  if (places.length > 0)
    await manager.delete(GithubTeamMember, { id: In(places.map(({ id }) => id)) });
  if (places.length === most) return most;
  const teams = await manager.find(GithubTeam, {
    select: { id: true },
    where: { integrationId, leftAt: LessThan(cutoff) },
    take: most,
  });
  if (teams.length > 0) await manager.delete(GithubTeam, { id: In(teams.map(({ id }) => id)) });
  return teams.length;
}
