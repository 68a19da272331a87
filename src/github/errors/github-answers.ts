import { z } from 'zod';
import { invalidAnswer } from './invalid-answer.js';

const account = { id: z.number().int().positive(), login: z.string().min(1) };

export const viewerAnswer = z.object(account);

export const organizationAnswer = z.object({ ...account, avatar_url: z.string().default('') });

export const organizationsAnswer = z.array(organizationAnswer);

/** It says of which organization, because a login may be another one's by now. */
export const membershipAnswer = z.object({
  state: z.string(),
  role: z.string(),
  user: z.object(account),
  organization: z.object(account),
});

const userDetails = { node_id: z.string().min(1), avatar_url: z.string() };

export const membershipOfAnswer = membershipAnswer.extend({
  user: z.object({ ...account, ...userDetails, type: z.string().max(32).optional() }),
});

export const userAnswer = z.object({ ...account, ...userDetails, type: z.string().optional() });

export const emailsAnswer = z.array(
  z.object({ email: z.string().min(1), primary: z.boolean(), verified: z.boolean() }),
);

export const membersAnswer = z.array(
  z.object({
    ...account,
    node_id: z.string().min(1),
    avatar_url: z.string(),
    type: z.string().max(32).optional(),
    // Only for an Enterprise Server and managed users; not in the official description.
    suspended_at: z.string().nullish(),
    role: z.string().optional(),
  }),
);

const time = z.string().pipe(z.coerce.date());

/** `login` is null for an invitation by email, `email` for one by login. */
export const invitationsAnswer = z.array(
  z.object({
    id: z.number().int().positive(),
    login: z.string().nullish(),
    email: z.string().nullish(),
    role: z.string(),
    created_at: time,
    failed_at: time.nullish(),
    failed_reason: z.string().nullish(),
    inviter: z.object(account).nullish(),
    team_count: z.number().int().nonnegative(),
  }),
);

export const teamsAnswer = z.array(
  z.object({ id: z.number().int().positive(), slug: z.string().min(1), name: z.string() }),
);

/** `html_url` is the settings page, where an owner changes the installation's rights. */
export const installationAnswer = z.object({
  id: z.number().int().positive(),
  account: z.object({ ...account, type: z.string().optional() }),
  permissions: z.record(z.string(), z.string()).default({}),
  suspended_at: z.string().nullish(),
  html_url: z.string(),
});

export const installationsAnswer = z.object({ installations: z.array(installationAnswer) });

export const appAnswer = z.object({ slug: z.string().min(1), html_url: z.string() });

export const hookAnswer = z.object({
  id: z.number().int().positive(),
  config: z.object({ url: z.string().optional() }),
});

export const hooksAnswer = z.array(hookAnswer);

export const deliveriesAnswer = z.array(
  z.object({
    // A large one comes as text.
    id: z.union([z.number().int().positive(), z.string().regex(/^\d+$/)]).transform(String),
    guid: z.string().min(1),
    delivered_at: z.string(),
    status_code: z.number(),
    event: z.string(),
    action: z.string().nullish(),
  }),
);

const profileAnswer = z.object({
  id: z.string(),
  login: z.string().min(1),
  name: z.string().nullable(),
  email: z.string().nullish(),
  avatarUrl: z.string(),
  // Only on an Enterprise Server.
  suspendedAt: z.string().nullish(),
});

/** `{}` is an account that is no user; null is one without a profile. */
export const nodesAnswer = z.object({
  nodes: z.array(z.union([profileAnswer, z.object({}).strict(), z.null()])),
});

export type Organization = z.infer<typeof organizationAnswer>;
export type ListedInvitation = z.infer<typeof invitationsAnswer>[number];
export type ListedTeam = z.infer<typeof teamsAnswer>[number];
export type Installation = z.infer<typeof installationAnswer>;
export type ListedMember = z.infer<typeof membersAnswer>[number];
export type HookDelivery = z.infer<typeof deliveriesAnswer>[number];
export type UserAnswer = z.infer<typeof userAnswer>;
export type Profile = z.infer<typeof profileAnswer>;

/**
 * Octokit accepts cut JSON, or an HTML page with status 200, as a success with a string: the shape must be checked.
 * @throws GithubFailure `github_answer_invalid`
 */
export function check<T>(shape: z.ZodType<T>, data: unknown): T {
  const parsed = shape.safeParse(data);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'the whole of it';
  throw invalidAnswer(`GitHub's answer has an unexpected format (${where}).`, parsed.error);
}
