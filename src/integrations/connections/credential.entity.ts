import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A token that somebody typed or that they signed in for, or a GitHub App's installation, of which the id is kept. */
export type CredentialKind = 'token' | 'oauth' | 'installation';

/** What a credential lets a sync see. */
export interface VisibleFields {
  /** Else only those who show their membership to all. */
  everybody: boolean;
  roles: boolean;
  /** Who has no two-factor authentication. */
  twoFactor: boolean;
  /** Public email addresses. */
  email: boolean;
}

/** What an integration shows GitHub. Encrypted at rest. */
@Entity('credentials')
export class Credential {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column({ type: 'varchar' })
  kind: CredentialKind;

  /** '' once the organization is disconnected and its directory is kept: the secret is gone then. */
  @Column({ type: 'text' })
  sealedSecret: string;

  /** Null for never, and where GitHub does not tell. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  expiresAt: Date | null;

  /** Null until the first check. */
  @Column({ type: 'simple-json', nullable: true })
  sees: VisibleFields | null;

  /** When GitHub last told both. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  checkedAt: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;
}
