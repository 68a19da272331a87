import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

export type ActorKind = 'user' | 'token' | 'command' | 'server';

/** What was changed; never a secret. */
export type AuditedValues = Record<string, unknown>;

/** One action that changed something. Entries are only added, and removed when they are too old. */
@Entity('audit_entries')
export class AuditEntry {
  @PrimaryGeneratedColumn()
  id: number;

  /** The chain of the entry: a team's id, or 0 for what concerns no team. */
  @Column()
  teamId: number;

  /** The place in its chain, from 1, without a gap. */
  @Column()
  number: number;

  @Column({ type: 'datetime', precision: 3 })
  at: Date;

  @Column({ type: 'varchar' })
  actorKind: ActorKind;

  /** The email address, the name of the API token, or the operating system's user of a command. */
  @Column()
  actorName: string;

  /** Such as `member.disable`. */
  @Column()
  action: string;

  /** What it was done to, in words. */
  @Column()
  subject: string;

  /** The IP address of the client, if there is one. */
  @Column({ type: 'varchar', nullable: true })
  address: string | null;

  @Column({ type: 'simple-json', nullable: true })
  before: AuditedValues | null;

  @Column({ type: 'simple-json', nullable: true })
  after: AuditedValues | null;

  /** SHA-256 in hex of the entry before and this one. */
  @Column()
  hash: string;
}
