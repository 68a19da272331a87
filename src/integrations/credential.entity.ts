import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What an integration shows GitHub. Encrypted at rest. */
@Entity('credentials')
export class Credential {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column({ type: 'varchar' })
  kind: 'token';

  @Column({ type: 'text' })
  sealedSecret: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;
}
