import type { MemberChange } from '../../../src/members/changes/member-change.entity.js';
import { groupBy } from './group-by.js';
import type { Evidence, Fault } from './verdict.js';

/** Who is in each team is as on GitHub, and as its changes say; nobody is in a team twice. */
export function teamFaults({ after, organization }: Evidence): Fault[] {
  const { teams, places, changes } = after;
  const placesOf = groupBy(places, ({ githubTeamId }) => githubTeamId);
  const changesOf = groupBy(changes, ({ githubTeamId }) => githubTeamId);
  const known = new Map(teams.map((team) => [team.githubId, team]));
  const faults: Fault[] = [];
  for (const { id, slug, members } of organization.teams.list()) {
    const team = known.get(id);
    if (!team) {
      faults.push(['lost', `the team ${slug} is not known`]);
      continue;
    }
    const truth = new Set(members.map(({ user }) => user.id));
    const stored = (placesOf.get(team.id) ?? []).map(({ githubId }) => githubId);
    const told = peopleIn(changesOf.get(team.id) ?? []);
    if (new Set(stored).size !== stored.length)
      faults.push(['doubled', `somebody is in ${slug} twice`]);
    for (const one of truth)
      if (!stored.includes(one)) faults.push(['lost', `${one} is not in ${slug}`]);
    for (const one of stored) if (!truth.has(one)) faults.push(['wrong', `${one} is in ${slug}`]);
    for (const one of truth)
      if (told.get(one) !== 1)
        faults.push([
          told.get(one) ? 'doubled' : 'lost',
          `the change that put ${one} into ${slug}`,
        ]);
    for (const [one, times] of told)
      if (!truth.has(one) && times !== 0)
        faults.push(['wrong', `the changes of ${one} in ${slug} come to ${times}`]);
  }
  return faults;
}

/** How often each person joined and did not leave. */
function peopleIn(changes: MemberChange[]): Map<number, number> {
  const people = new Map<number, number>();
  const by = { team_joined: 1, team_left: -1 } as Partial<Record<MemberChange['kind'], number>>;
  for (const { kind, githubId } of changes) {
    const step = by[kind];
    if (step) people.set(githubId, (people.get(githubId) ?? 0) + step);
  }
  return people;
}
