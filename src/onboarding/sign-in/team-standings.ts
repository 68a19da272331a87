import type { TeamStanding } from '../../accounts/github-people/github-person.js';

/** What somebody is in an organization; `unknown` where that could not be found out. */
export type Standing = 'owner' | 'member' | 'none' | 'unknown';

/** The standing in an organization that a team has connected. */
export interface OrganizationStanding {
  teamId: number;
  standing: Standing;
}

/** The standing in each team, which may have connected several organizations. One that is unknown leaves a no open. */
export function teamStandings(all: OrganizationStanding[]): TeamStanding[] {
  const teamIds = new Set(all.map(({ teamId }) => teamId));
  return [...teamIds].map((teamId) => {
    const ofTeam = all.filter((one) => one.teamId === teamId);
    const found = new Set(ofTeam.map(({ standing }) => standing));
    const no = found.has('unknown') ? undefined : false;
    return {
      teamId,
      isMember: found.has('member') || found.has('owner') || no,
      isOwner: found.has('owner') || no,
    };
  });
}
