import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What was told. Its body stays the same, however often it is sent. */
@Entity('notification_messages')
export class NotificationMessage {
  @PrimaryGeneratedColumn()
  id: number;

  /** The id that receivers see: the same at each try and to each channel. */
  @Column()
  messageId: string;

  @Column()
  teamId: number;

  @Column({ type: 'varchar' })
  type: string;

  /** JSON: `{"type","timestamp","data"}`. */
  @Column({ type: 'text' })
  body: string;

  /** What must be told once only, such as the expiry of a credential; null for everything else. */
  @Column({ type: 'varchar', nullable: true })
  toldOnce: string | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
