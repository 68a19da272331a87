import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';

/** A token that was typed or comes from a sign-in, or the id of a GitHub App's installation. */
export type CredentialKind = 'token' | 'oauth' | 'installation';

/** What a credential lets a sync see. */
export interface VisibleFields {
  /** False for public members only. */
  everybody: boolean;
  roles: boolean;
  /** People without two-factor authentication. */
  twoFactor: boolean;
  /** Public email addresses. */
  email: boolean;
}

/** An integration's credential for GitHub. Encrypted at rest. */
@Entity('credentials')
export class Credential {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column({ type: 'varchar' })
  kind: CredentialKind;

  /** '' if the organization is disconnected and its directory is kept: the secret is deleted. */
  @Column({ type: 'text' })
  sealedSecret: string;

  /** GitHub's id of the person whose token it is; null for an installation, and for tokens of earlier builds. */
  @Column({ type: 'bigint', nullable: true, transformer: bigintAsNumber })
  ownerId: number | null;

  /** Null if never, or if GitHub does not tell. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  expiresAt: Date | null;

  /** Null until the first check. */
  @Column({ type: 'simple-json', nullable: true })
  sees: VisibleFields | null;

  /** When GitHub last reported both. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  checkedAt: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;
}
