import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Identifies the SECRET_KEY of the database; one row. */
@Entity('secret_key_checks')
export class SecretKeyCheck {
  @PrimaryColumn()
  id: number;

  /** Derived from the key; the key cannot be derived from it. */
  @Column({ type: 'varchar' })
  checkValue: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
