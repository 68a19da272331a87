import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  diffPlaces,
  type ObservedTeam,
  type StoredPlace,
  type StoredTeam,
  teamChanges,
} from '../../../src/members/github-teams/team-diff.js';
import { TeamTree } from '../../../src/members/github-teams/team-tree.js';

const githubId = fc.integer({ min: 1, max: 12 });

const team = fc.record({
  githubId,
  slug: fc.constantFrom('api', 'web', 'ops'),
  name: fc.constantFrom('API', 'Web', 'Ops'),
  privacy: fc.constantFrom('closed', 'secret'),
  parentGithubId: fc.option(githubId),
}) as fc.Arbitrary<ObservedTeam>;

const stored = (seen: ObservedTeam, leftAt: Date | null = null): StoredTeam => ({
  ...seen,
  id: seen.githubId + 100,
  since: new Date(0),
  leftAt,
});

const places = fc.uniqueArray(
  fc.record({ githubId, role: fc.constantFrom('maintainer' as const, 'member' as const) }),
  { selector: (place) => place.githubId },
);

const known = places.map((all) =>
  all.map((one, i): StoredPlace => ({ ...one, id: i, githubTeamId: 1 })),
);

describe('the difference of teams', () => {
  it('is nothing for the same team, and all of it for one that is new or back', () => {
    fc.assert(
      fc.property(team, (one) => {
        expect(teamChanges(stored(one), one)).toEqual([]);
        expect(teamChanges(undefined, one)).toEqual(['team_created']);
        expect(teamChanges(stored(one, new Date()), one)).toEqual(['team_created']);
      }),
    );
  });

  it('tells a rename, another privacy and a move of a team by its id', () => {
    fc.assert(
      fc.property(team, team, (one, other) => {
        const after = { ...other, githubId: one.githubId };
        const kinds = teamChanges(stored(one), after);
        const words = ({ slug, name, privacy }: ObservedTeam) => `${slug}/${name}/${privacy}`;
        expect(kinds.includes('team_renamed')).toBe(words(one) !== words(after));
        expect(kinds.includes('team_moved')).toBe(one.parentGithubId !== after.parentGithubId);
      }),
    );
  });

  it('brings places in step, and then is nothing', () => {
    fc.assert(
      fc.property(known, places, (before, observed) => {
        const { joined, changed, left } = diffPlaces(before, observed);
        const after = new Map(before.map((place) => [place.githubId, place.role]));
        for (const one of left) after.delete(one.githubId);
        for (const one of joined) after.set(one.githubId, one.role);
        for (const one of changed) after.set(one.before.githubId, one.role);
        expect(after).toEqual(new Map(observed.map((place) => [place.githubId, place.role])));
        const same = before.map(({ githubId, role }) => ({ githubId, role }));
        expect(diffPlaces(before, same)).toEqual({ joined: [], changed: [], left: [] });
      }),
    );
  });
});

describe('the tree of teams', () => {
  const teams = fc.uniqueArray(team, { selector: (one) => one.githubId });

  it('has each team once, also where a race shows a circle', () => {
    fc.assert(
      fc.property(teams, (all) => {
        const tree = new TeamTree(all);
        const order = tree.inOrder().map((one) => one.team.githubId);
        expect(order.toSorted((a, b) => a - b)).toEqual(
          all.map((one) => one.githubId).toSorted((a, b) => a - b),
        );
        for (const one of all) {
          expect(new Set(tree.ancestors(one)).size).toBe(tree.ancestors(one).length);
          expect(tree.ancestors(one)).not.toContain(one);
          expect(tree.descendants(one)).not.toContain(one);
          const isInCircle = tree
            .ancestors(one)
            .some((above) => tree.ancestors(above).includes(one));
          if (!isInCircle)
            for (const above of tree.ancestors(one)) expect(tree.descendants(above)).toContain(one);
        }
      }),
    );
  });

  it('lists each team before those in it, in their order', () => {
    const node = (id: number, parentGithubId: number | null) => ({ githubId: id, parentGithubId });
    const all = [node(5, 2), node(1, null), node(2, null), node(4, 5), node(3, 2), node(9, 77)];
    const tree = new TeamTree(all);
    expect(tree.inOrder().map(({ team: { githubId }, depth }) => [githubId, depth])).toEqual([
      ...[
        [1, 0],
        [2, 0],
        [5, 1],
        [4, 2],
        [3, 1],
        [9, 0],
      ],
    ]);
    const four = all[3] as (typeof all)[number];
    expect(tree.ancestors(four).map((one) => one.githubId)).toEqual([2, 5]);
    expect(tree.descendants(all[2] as never).map((one) => one.githubId)).toEqual([5, 4, 3]);
  });

  it('ends for a circle of two that no other team is above', () => {
    const [one, two] = [1, 2].map((id) => ({ githubId: id, parentGithubId: 3 - id }));
    const tree = new TeamTree([one, two] as { githubId: number; parentGithubId: number }[]);
    expect(tree.inOrder().map(({ depth }) => depth)).toEqual([0, 1]);
    expect(tree.descendants(one as never)).toEqual([two]);
  });
});
