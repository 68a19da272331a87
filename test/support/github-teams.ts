import { IntegrationPart } from '../../src/integrations/parts/integration-part.entity.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { GithubTeam } from '../../src/members/github-teams/github-team.entity.js';
import { GithubTeamMember } from '../../src/members/github-teams/github-team-member.entity.js';
import { startConnected, syncToEnd } from './runs.js';
import type { ServiceOptions } from './service.js';

/** A service that has connected a simulated `acme`, and what it knows of the GitHub teams there. */
export async function startWithTeams(members: number, way: ServiceOptions) {
  const { service, integration, ...github } = await startConnected(members, way);
  const { manager } = service.dataSource;
  const { organization } = github;
  const { teams } = organization;
  const sync = () => syncToEnd(service, integration.id);
  const part = () => manager.findOneByOrFail(IntegrationPart, { part: 'teams' });
  const slugs = async () =>
    (await manager.find(GithubTeam, { order: { id: 'ASC' } }))
      .filter(({ leftAt }) => !leftAt)
      .map(({ slug }) => slug);
  const places = async () => {
    const [all, rows] = [await manager.find(GithubTeam), await manager.find(GithubTeamMember)];
    return rows
      .filter(({ leftAt }) => !leftAt)
      .map(({ githubTeamId, githubId, role }) => {
        const team = all.find(({ id }) => id === githubTeamId);
        return `${team?.githubId} ${githubId} ${role}`;
      })
      .toSorted();
  };
  const atGithub = () =>
    teams
      .list()
      .flatMap((team) =>
        team.members.map(({ user, role }) => {
          const isOwner = organization.membership(user)?.role === 'admin';
          return `${team.id} ${user.id} ${isOwner ? 'maintainer' : role}`;
        }),
      )
      .toSorted();
  const changes = async (runId: number) =>
    (await manager.find(MemberChange, { where: { runId }, order: { id: 'ASC' } })).map(
      ({ kind, login, before, after }) => ({ kind, login, before, after }),
    );
  const people = organization.members.filter(({ id }) => id !== github.owner.id);
  const more = { people, sync, part, slugs, places, atGithub, changes };
  return { ...github, ...more, service, integration, teams };
}
