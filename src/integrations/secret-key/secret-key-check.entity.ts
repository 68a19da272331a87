import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which SECRET_KEY the database is used with; one row. */
@Entity('secret_key_checks')
export class SecretKeyCheck {
  @PrimaryColumn()
  id: number;

  /** Derived from the key, which cannot be derived from it. */
  @Column({ type: 'varchar' })
  checkValue: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
