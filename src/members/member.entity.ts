import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { anyText, bigintAsNumber, nullableBoolean } from '../platform/database/columns.js';

/** `left`: no longer in the organization. `disabled`: disabled by an admin of the team. Syncs keep `disabled`. */
export type MemberStatus = 'active' | 'left' | 'disabled';
export type OrganizationRole = 'admin' | 'member';

/** One person in one integration's directory, identified by GitHub's numeric id, never by login. */
@Entity('members')
export class Member {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  integrationId: number;

  @Column({ type: 'bigint', transformer: bigintAsNumber })
  githubId: number;

  @Column()
  nodeId: string;

  @Column()
  login: string;

  /** The login in lower case, for sort and search. */
  @Column()
  loginKey: string;

  /** As on GitHub, byte for byte; '' when there is none. */
  @Column({ type: 'varchar', transformer: anyText })
  name: string;

  /** The name, or the login where there is none, in lower case, for sort and search. */
  @Column({ default: '' })
  nameKey: string;

  /** The same from the second word on, for search; null where there is none. */
  @Column({ type: 'varchar', name: 'name_key_2', nullable: true })
  nameKey2: string | null;

  /** From the third word on. */
  @Column({ type: 'varchar', name: 'name_key_3', nullable: true })
  nameKey3: string | null;

  /** The words after the third, with a space between them. */
  @Column({ type: 'varchar', nullable: true })
  nameKeyMore: string | null;

  /** The public address; '' when there is none. */
  @Column({ type: 'varchar', transformer: anyText })
  email: string;

  @Column()
  avatarUrl: string;

  /** Null where the credential cannot see it, like the next column. */
  @Column({ type: 'varchar', nullable: true })
  role: OrganizationRole | null;

  @Column({ type: 'boolean', nullable: true, transformer: nullableBoolean })
  twoFactorEnabled: boolean | null;

  /** Suspended on GitHub; suspended people are still members. Null when the server does not report it. */
  @Column({ type: 'boolean', nullable: true, transformer: nullableBoolean })
  suspended: boolean | null;

  /** GitHub's `type`: `User`, `Bot`, `Organization`; null where GitHub does not report it. */
  @Column({ type: 'varchar', nullable: true })
  githubType: string | null;

  /** Whether an identity of single sign-on is linked; null where it is not known, like the next three. */
  @Column({ type: 'boolean', nullable: true, transformer: nullableBoolean })
  identityLinked: boolean | null;

  /** Byte for byte; it need not be an address. */
  @Column({ type: 'varchar', nullable: true, transformer: anyText })
  samlNameId: string | null;

  @Column({ type: 'varchar', nullable: true, transformer: anyText })
  scimUserName: string | null;

  /** Addresses in the organization's verified domains, sorted. */
  @Column({ type: 'simple-json', nullable: true })
  verifiedEmails: string[] | null;

  @Column({ type: 'varchar' })
  status: MemberStatus;

  /** Whether the last complete list had them. It decides the status of a disabled member when enabled. */
  @Column({ type: 'boolean' })
  present: boolean;

  /**
   * Whether the last complete list of outside collaborators had them. False for somebody who was one last, and is none
   * any more; null for all others.
   */
  @Column({ type: 'boolean', nullable: true, transformer: nullableBoolean })
  outside: boolean | null;

  @Column({ type: 'datetime', precision: 3 })
  joinedAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  leftAt: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;

  /** The admin who disabled them, and when; null for somebody who is not disabled. */
  @Column({ type: 'varchar', nullable: true })
  disabledBy: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  disabledAt: Date | null;
}
