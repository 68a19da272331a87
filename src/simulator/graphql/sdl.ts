/** The part of GitHub's official schema that Rollcall asks about; a test compares it with the whole, field by field. */
export const SDL = `
scalar DateTime
scalar URI

type Query {
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  organization(login: String!): Organization
  rateLimit(dryRun: Boolean = false): RateLimit
  viewer: User!
}

interface Node {
  id: ID!
}

type User implements Node {
  avatarUrl(size: Int): URI!
  createdAt: DateTime!
  databaseId: Int
  email: String!
  id: ID!
  login: String!
  name: String
  organizationVerifiedDomainEmails(login: String!): [String!]!
  url: URI!
}

type Organization implements Node {
  avatarUrl(size: Int): URI!
  databaseId: Int
  id: ID!
  login: String!
  membersWithRole(after: String, first: Int): OrganizationMemberConnection!
  name: String
  samlIdentityProvider: OrganizationIdentityProvider
  teams(after: String, first: Int): TeamConnection!
  url: URI!
}

type OrganizationMemberConnection {
  edges: [OrganizationMemberEdge]
  nodes: [User]
  pageInfo: PageInfo!
  totalCount: Int!
}

type OrganizationMemberEdge {
  cursor: String!
  hasTwoFactorEnabled: Boolean
  node: User
  role: OrganizationMemberRole
}

enum OrganizationMemberRole {
  ADMIN
  MEMBER
}

type PageInfo {
  endCursor: String
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
}

type RateLimit {
  cost: Int!
  limit: Int!
  nodeCount: Int!
  remaining: Int!
  resetAt: DateTime!
  used: Int!
}

type OrganizationIdentityProvider {
  externalIdentities(after: String, first: Int, login: String, membersOnly: Boolean): ExternalIdentityConnection!
}

type ExternalIdentityConnection {
  nodes: [ExternalIdentity]
  pageInfo: PageInfo!
  totalCount: Int!
}

type ExternalIdentity implements Node {
  guid: String!
  id: ID!
  samlIdentity: ExternalIdentitySamlAttributes
  scimIdentity: ExternalIdentityScimAttributes
  user: User
}

type ExternalIdentitySamlAttributes {
  emails: [UserEmailMetadata!]
  nameId: String
  username: String
}

type ExternalIdentityScimAttributes {
  emails: [UserEmailMetadata!]
  username: String
}

type UserEmailMetadata {
  primary: Boolean
  value: String!
}

type Team implements Node {
  databaseId: Int
  id: ID!
  members(after: String, first: Int, membership: TeamMembershipType = ALL): TeamMemberConnection!
  name: String!
  organization: Organization!
  parentTeam: Team
  privacy: TeamPrivacy!
  slug: String!
}

type TeamConnection {
  nodes: [Team]
  pageInfo: PageInfo!
  totalCount: Int!
}

type TeamMemberConnection {
  edges: [TeamMemberEdge]
  nodes: [User]
  pageInfo: PageInfo!
  totalCount: Int!
}

type TeamMemberEdge {
  cursor: String!
  node: User!
  role: TeamMemberRole!
}

enum TeamMemberRole {
  MAINTAINER
  MEMBER
}

enum TeamMembershipType {
  ALL
  CHILD_TEAM
  IMMEDIATE
}

enum TeamPrivacy {
  SECRET
  VISIBLE
}
`;
