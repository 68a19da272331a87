import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';
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
  | 'enabled';

/** The kinds of changes that a run makes; an admin makes the others by hand. */
export const RUN_CHANGE_KINDS = [
  'joined',
  'left',
  'returned',
  'renamed',
  'role',
  'profile',
  'suspension',
] as const satisfies ChangeKind[];

/** The values of a member that a change can record. */
export type ChangedValues = Partial<
  Pick<
    Member,
    | 'status'
    | 'present'
    | 'login'
    | 'role'
    | 'name'
    | 'email'
    | 'avatarUrl'
    | 'nodeId'
    | 'twoFactorEnabled'
    | 'suspended'
    | 'githubType'
  >
>;

/** One difference that was applied to one member: by a run, or by an admin. */
@Entity('member_changes')
export class MemberChange {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  /** Null for what an admin did by hand. */
  @Column({ type: 'int', nullable: true })
  runId: number | null;

  @Column({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  /** Their login after the change. */
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
