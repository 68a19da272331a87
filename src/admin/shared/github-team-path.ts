/** The pages of an organization's GitHub teams, and of one of them. */
export const githubTeamsPath = (integrationId: number, githubTeamId?: number): string =>
  `/integrations/github/${integrationId}/github-teams${githubTeamId ? `/${githubTeamId}` : ''}`;
