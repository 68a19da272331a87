import type { ListedMember, Profile } from '../errors/github-answers.js';
import type { ReadIdentity } from '../errors/identity-answers.js';

/** One person of the list; undefined fields could not be read. */
export interface GithubMember {
  githubId: number;
  nodeId: string;
  login: string;
  avatarUrl: string;
  role: 'admin' | 'member' | null;
  /** Null where the credential may not see it. */
  twoFactorEnabled: boolean | null | undefined;
  name: string | undefined;
  email: string | undefined;
  /** Only for an Enterprise Server or managed users; null if GitHub no longer tells. */
  suspended: boolean | null | undefined;
  githubType: string | undefined;
  /** Who they are at work, where it came with the profile. */
  work?: ReadIdentity | undefined;
}

/** What was read of one person, from several answers. */
interface ReadMember {
  listed: ListedMember;
  /** Undefined for somebody without a profile. */
  profile: Profile | undefined;
  /** Whether the list was read now, and tells a suspension. */
  isToldByList: boolean;
  /** Whether public email addresses were asked for. */
  email: boolean;
  role: GithubMember['role'];
  work?: GithubMember['work'];
  /** GitHub's ids of people without two-factor authentication; undefined if the credential cannot see them. */
  withoutTwoFactor: Pick<ReadonlySet<number>, 'has'> | undefined;
}

export function describeMember(read: ReadMember): GithubMember {
  const { listed, profile, role, withoutTwoFactor } = read;
  const { id, node_id, login, avatar_url } = listed;
  // One shape for all objects, because JavaScript engines optimize this.
  return {
    githubId: id,
    nodeId: node_id,
    login: profile?.login ?? login,
    avatarUrl: profile?.avatarUrl ?? avatar_url,
    role,
    twoFactorEnabled: withoutTwoFactor ? !withoutTwoFactor.has(id) : null,
    name: profile && (profile.name ?? ''),
    email: profile && read.email ? (profile.email ?? '') : undefined,
    suspended: suspensionOf(listed, profile, read.isToldByList),
    githubType: listed.type,
    work: read.work,
  };
}

/**
 * Undefined if GitHub does not tell. The profile is read each time, the list only if it changed.
 * @param isToldByList whether the list was read now and tells it: a role other than `suspended` ends a suspension
 */
function suspensionOf(
  { role, suspended_at }: ListedMember,
  profile: Profile | undefined,
  isToldByList: boolean,
): GithubMember['suspended'] {
  if (role === 'suspended') return true;
  const since = profile?.suspendedAt === undefined ? suspended_at : profile.suspendedAt;
  if (since !== undefined) return since !== null;
  if (!isToldByList) return undefined;
  return role === undefined ? null : false;
}
