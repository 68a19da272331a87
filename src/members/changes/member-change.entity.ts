import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';
import type { TeamPrivacy } from '../github-teams/github-team.entity.js';
import type { TeamRole } from '../github-teams/github-team-member.entity.js';
import type { Member } from '../member.entity.js';

export type ChangeKind =
  | 'joined'
  | 'left'
  | 'returned'
  | 'renamed'
  | 'role'
  | 'profile'
  | 'suspension'
  | 'disabled'
  | 'enabled'
  | (typeof PART_CHANGE_KINDS)[number];

/** The kinds of changes that a run makes to members. */
export const MEMBER_CHANGE_KINDS = [
  'joined',
  'left',
  'returned',
  'renamed',
  'role',
  'profile',
  'suspension',
] as const;

/** The kinds that it makes to the other parts. */
const PART_CHANGE_KINDS = [
  'collaborator_added',
  'collaborator_removed',
  'invited',
  'invitation_accepted',
  'invitation_cancelled',
  'invitation_failed',
  'team_created',
  'team_renamed',
  'team_moved',
  'team_deleted',
  'team_joined',
  'team_left',
  'team_role',
  'identity',
] as const;

/** The kinds of changes that a run makes; an admin makes the others by hand. */
export const RUN_CHANGE_KINDS = [
  ...MEMBER_CHANGE_KINDS,
  ...PART_CHANGE_KINDS,
] as const satisfies ChangeKind[];

/** The values of an invitation that a change can record. */
interface InvitationValues {
  /** The role in the organization. */
  invitedAs: string;
  invitedBy: string | null;
  failedReason: string | null;
  /** Of one that ended, where GitHub does not tell how. */
  outcome: string;
}

/** The values of a GitHub team, or of somebody's place in one, that a change can record. A team's name is its `name`. */
interface GithubTeamValues {
  slug: string;
  privacy: TeamPrivacy;
  /** GitHub's id of the team that it is in; null at the top. */
  parentGithubId: number | null;
  /** That team's slug, as far as it is known; '' at the top. */
  parentTeam: string;
  /** The slug of the team that somebody is in. */
  githubTeam: string;
  /** '' for somebody who is not in it. */
  githubTeamRole: TeamRole | '';
}

/** The values of a member, a team or an invitation that a change can record. */
export type ChangedValues = Partial<
  Pick<
    Member,
    | 'status'
    | 'present'
    | 'outside'
    | 'login'
    | 'role'
    | 'name'
    | 'email'
    | 'avatarUrl'
    | 'nodeId'
    | 'twoFactorEnabled'
    | 'suspended'
    | 'githubType'
    | 'identityLinked'
    | 'samlNameId'
    | 'scimUserName'
    | 'verifiedEmails'
  > &
    InvitationValues &
    GithubTeamValues
>;

/** The `githubId` of a change that concerns no person, such as a new team. */
export const NOBODY = 0;

/** One difference that was applied to one member, team or invitation: by a run, or by an admin. */
@Entity('member_changes')
export class MemberChange {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  /** Null for what an admin did by hand. */
  @Column({ type: 'int', nullable: true })
  runId: number | null;

  /** GitHub's id of the person, or `NOBODY`. */
  @Column({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  /** The GitHub team that it concerns, by our id. */
  @Column({ type: 'int', nullable: true })
  githubTeamId: number | null;

  @Column({ type: 'int', nullable: true })
  invitationId: number | null;

  /** The person's login after the change; without a person, the team's slug or the invited address. */
  @Column()
  login: string;

  @Column({ type: 'varchar' })
  kind: ChangeKind;

  /** The values that changed; null for somebody new. */
  @Column({ name: 'values_before', type: 'simple-json', nullable: true })
  before: ChangedValues | null;

  @Column({ name: 'values_after', type: 'simple-json', nullable: true })
  after: ChangedValues | null;

  /** The admin who decided it; null where a run decided alone. */
  @Column({ type: 'varchar', nullable: true })
  madeBy: string | null;

  @Column({ type: 'datetime', precision: 3 })
  madeAt: Date;
}
