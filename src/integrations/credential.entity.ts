import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A token that somebody typed or that they signed in for, or a GitHub App's installation, of which the id is kept. */
export type CredentialKind = 'token' | 'oauth' | 'installation';

/** What an integration shows GitHub. Encrypted at rest. */
@Entity('credentials')
export class Credential {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column({ type: 'varchar' })
  kind: CredentialKind;

  @Column({ type: 'text' })
  sealedSecret: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;
}
