import { z } from 'zod';

/** GitHub's schema has a 32-bit integer here, and null for a larger id. */
const databaseId = z.number().int().positive().nullable();

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

export const githubUserNode = z.object({
  id: z.string().min(1),
  databaseId,
  login: z.string().min(1),
});

const memberEdge = z.object({ role: z.enum(['MAINTAINER', 'MEMBER']), node: githubUserNode });

const memberConnection = z.object({
  edges: z.array(memberEdge),
  pageInfo,
  totalCount: z.number().int().nonnegative(),
});

const team = z.object({ id: z.string().min(1), databaseId: z.number().int().positive() });

const teamWithMembers = team.extend({
  slug: z.string().min(1),
  name: z.string(),
  privacy: z.enum(['SECRET', 'VISIBLE']),
  parentTeam: z.object({ databaseId: z.number().int().positive() }).nullable(),
  members: memberConnection,
});

const ofOrganization = <T extends z.ZodType>(node: T) =>
  z.object({
    organization: z.object({
      databaseId,
      teams: z.object({ nodes: z.array(node), pageInfo }),
    }),
  });

export const teamPageAnswer = ofOrganization(teamWithMembers);

export const teamIdsAnswer = ofOrganization(team);

/** Null for a team that is gone, or no longer visible. */
export const teamAnswer = z.object({
  node: teamWithMembers.extend({ organization: z.object({ databaseId }) }).nullable(),
});

export const teamMembersAnswer = z.object({
  node: z.object({ members: memberConnection }).nullable(),
});

export type TeamId = z.infer<typeof team>;
export type TeamNode = z.infer<typeof teamWithMembers>;
export type TeamMemberEdge = z.infer<typeof memberEdge>;
export type TeamMembersPage = z.infer<typeof memberConnection>;
export type GithubUserNode = z.infer<typeof githubUserNode>;
