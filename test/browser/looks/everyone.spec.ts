import { IsNull } from 'typeorm';
import { it, onTestFinished } from 'vitest';
import { GithubTeam } from '../../../src/members/github-teams/github-team.entity.js';
import { GithubTeamMember } from '../../../src/members/github-teams/github-team-member.entity.js';
import { Member } from '../../../src/members/member.entity.js';
import { demoWorld } from '../../../src/simulator/demo-organization.js';
import { Simulator } from '../../../src/simulator/simulator.js';
import { look } from '../../support/looks.js';
import { connect, syncToEnd } from '../../support/runs.js';
import { enter } from '../../support/visitor.js';
import { startWeb } from '../../support/web.js';

it('somebody with teams and identities, the filters, and an undo that concerns teams', async () => {
  const { world, organization, token } = demoWorld({ members: 240 });
  const simulator = await Simulator.start({ world });
  onTestFinished(() => simulator.stop());
  const service = await startWeb({ env: { GITHUB_API_URL: simulator.url } });
  const { manager } = service.dataSource;
  const { id } = await connect(service, token, { organization: organization.login });
  await syncToEnd(service, id);
  const { collaborators, members, teams } = organization;
  const [databases, web] = ['databases', 'web'].map((slug) =>
    teams.list().find((team) => team.slug === slug),
  ) as [never, never];
  const mara = members.find(({ login }) => login === 'mara-lindqvist') as never;
  const [gone, outsider] = [members[0], collaborators.list()[0]] as [never, never];
  teams.add(databases, mara);
  teams.rename(web, 'Web and Accessibility');
  teams.delete(databases);
  organization.leave(gone);
  collaborators.remove(outsider);
  const run = await syncToEnd(service, id);

  const of = `/integrations/github/${id}`;
  const [team] = await manager.findBy(GithubTeam, { slug: 'platform' });
  const where = { role: 'maintainer', leftAt: IsNull() } as const;
  const [place] = await manager.findBy(GithubTeamMember, where);
  const [person] = await manager.findBy(Member, { githubId: place?.githubId ?? 0 });
  const visitor = await enter(service);
  await look(visitor, {
    'person-in-teams': `${of}/members/${person?.id}`,
    'members-of-team': `${of}/members?githubTeam=${team?.id}&includeChildTeams=true&identity=none&twoFactor=off`,
    'run-undo-teams-asked': `${of}/runs/${run.id}/undo`,
    'run-undo-teams': async (page) => {
      await page.goto(`${of}/runs/${run.id}/undo`);
      await page.getByRole('button', { name: 'Undo this run' }).click();
      await page.waitForURL(`**${of}/runs/${run.id + 1}`);
    },
  });
}, 120_000);
