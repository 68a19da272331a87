import {
  Column,
  Entity,
  JoinColumn,
  ManyToOne,
  PrimaryGeneratedColumn,
  type Relation,
} from 'typeorm';
import { NotificationMessage } from '../messages/notification-message.entity.js';

/** `pending`: it is tried until it is `delivered`, or `dead` because it failed for too long. */
export type DeliveryState = 'pending' | 'delivered' | 'dead';

/** One message for one channel, and how the last try went. */
@Entity('notification_deliveries')
export class NotificationDelivery {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  channelId: number;

  @Column()
  messageRowId: number;

  @ManyToOne(() => NotificationMessage)
  @JoinColumn({ name: 'message_row_id' })
  message: Relation<NotificationMessage>;

  /** Deliveries of one channel about one integration are sent in order; 0 for no integration. */
  @Column()
  integrationId: number;

  @Column({ type: 'varchar' })
  state: DeliveryState;

  /** It waits until the digest of its channel is due, and becomes part of that. */
  @Column({ default: false })
  forDigest: boolean;

  @Column({ default: 0 })
  attempts: number;

  @Column({ type: 'datetime', precision: 3 })
  nextTryAt: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastTriedAt: Date | null;

  /** The recipients of an email for whom it was accepted, while it is tried for the others. */
  @Column({ type: 'simple-json', nullable: true })
  reached: string[] | null;

  /** The HTTP status of the last answer, or its SMTP code; null without one. */
  @Column({ type: 'int', nullable: true })
  status: number | null;

  /** The beginning of the last answer. */
  @Column({ type: 'text', nullable: true })
  answer: string | null;

  /** Why the last try failed; null where it did not. */
  @Column({ type: 'text', nullable: true })
  error: string | null;

  @Column({ type: 'int', nullable: true })
  durationMs: number | null;

  /** The delivery that somebody asked to repeat. */
  @Column({ type: 'int', nullable: true })
  redeliversId: number | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;
}
