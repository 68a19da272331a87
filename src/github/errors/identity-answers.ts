import { z } from 'zod';
import { githubUserNode, pageInfo } from './team-answers.js';

const identity = z.object({
  guid: z.string().min(1),
  /** Null until somebody links it. */
  user: githubUserNode.nullable(),
  samlIdentity: z.object({ nameId: z.string().nullish() }).nullable(),
  scimIdentity: z.object({ username: z.string().nullish() }).nullable(),
});

/** `{}` is an account that is no user; null is one without a profile. */
const emailNode = z.union([
  z.object({ organizationVerifiedDomainEmails: z.array(z.string()) }),
  z.object({}).strict(),
  z.null(),
]);

export const verifiedEmailsAnswer = z.object({ nodes: z.array(emailNode) });

const identitiesPage = z.object({
  totalCount: z.number().int(),
  nodes: z.array(identity),
  pageInfo,
});

const identitiesOfOne = z.object({
  nodes: z.array(identity),
  pageInfo: z.object({ hasNextPage: z.boolean() }),
});

/** `samlIdentityProvider` is null where single sign-on is not set up at the organization. */
export const identitiesAnswer = z.object({
  organization: z.object({
    databaseId: z.number().nullable(),
    samlIdentityProvider: z.object({ externalIdentities: identitiesPage }).nullable(),
  }),
});

/** Under a name for each person, those of the person; as `all`, how many there are in all. */
export const identitiesOfPeopleAnswer = z.object({
  nodes: z.array(emailNode).optional(),
  organization: z.object({
    databaseId: z.number().nullable(),
    samlIdentityProvider: z
      .object({ all: z.object({ totalCount: z.number().int() }) })
      .catchall(identitiesOfOne)
      .nullable(),
  }),
});

/** The part of an answer about profiles that tells who people are at work. */
export const identitiesBesideAnswer = z.object({
  nodes: z.array(
    z.object({ organizationVerifiedDomainEmails: z.array(z.string()).optional() }).nullable(),
  ),
  organization: identitiesOfPeopleAnswer.shape.organization.optional(),
});

export type IdentityProvider = z.infer<
  typeof identitiesOfPeopleAnswer
>['organization']['samlIdentityProvider'];
/** An identity of somebody. A NameID is kept byte for byte, and need not be an address. */
export interface IdentityNames {
  guid: string;
  samlNameId: string | null;
  scimUserName: string | null;
}

/** What was read of who somebody is at work; what is undefined could not be read. */
export interface ReadIdentity {
  identities: IdentityNames[] | undefined;
  /** Sorted. */
  verifiedEmails: string[] | undefined;
}

export const namesOf = ({ guid, samlIdentity, scimIdentity }: IdentityNode): IdentityNames => ({
  guid,
  samlNameId: samlIdentity?.nameId ?? null,
  scimUserName: scimIdentity?.username ?? null,
});

/** Without the field where it was not asked for, or for an account that is no user. */
export type EmailNode = z.infer<typeof identitiesBesideAnswer>['nodes'][number];
export type IdentityNode = z.infer<typeof identity>;
export type IdentitiesPage = z.infer<typeof identitiesPage>;
