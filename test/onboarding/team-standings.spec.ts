import { describe, expect, it } from 'vitest';
import { type Standing, teamStandings } from '../../src/onboarding/sign-in/team-standings.js';

const of = (...standings: Standing[]) => {
  const [{ isMember, isOwner } = {}] = teamStandings(
    standings.map((standing) => ({ teamId: 1, standing })),
  );
  return { isMember, isOwner };
};

describe('the standing in a team', () => {
  it.each([
    { standings: ['owner', 'unknown'], isMember: true, isOwner: true },
    { standings: ['member', 'owner'], isMember: true, isOwner: true },
    { standings: ['member', 'none'], isMember: true, isOwner: false },
    { standings: ['member', 'unknown'], isMember: true, isOwner: undefined },
    { standings: ['none', 'none'], isMember: false, isOwner: false },
    { standings: ['none', 'unknown'], isMember: undefined, isOwner: undefined },
  ] as const)('is $isMember and $isOwner for $standings', ({ standings, ...expected }) => {
    expect(of(...standings)).toEqual(expected);
  });

  it('is told for each team by itself', () => {
    const told = teamStandings([
      { teamId: 1, standing: 'member' },
      { teamId: 2, standing: 'none' },
    ]);
    expect(told).toEqual([
      { teamId: 1, isMember: true, isOwner: false },
      { teamId: 2, isMember: false, isOwner: false },
    ]);
  });
});
