import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { EventType } from './event-types.js';

/** How a channel is told. */
export const CHANNEL_KINDS = ['webhook', 'slack', 'email'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** When a channel is told: at once, or what has gathered, each hour or day. */
export const DIGEST_KINDS = ['immediately', 'hourly', 'daily'] as const;
export type DigestKind = (typeof DIGEST_KINDS)[number];

/** `by_admin`: on the page or by the API. `gone`: the receiver answered 410. */
export type DisabledReason = 'by_admin' | 'gone';

/** Where a team is told of what happens. Its address is a secret, too: whoever knows Slack's can write there. */
@Entity('notification_channels')
export class NotificationChannel {
  @PrimaryGeneratedColumn()
  id: number;

  @Column()
  teamId: number;

  @Column({ type: 'varchar' })
  kind: ChannelKind;

  @Column()
  name: string;

  /** Of an email channel, an empty text. */
  @Column({ type: 'text' })
  sealedAddress: string;

  /** The host of the address, to show; empty for email. */
  @Column()
  host: string;

  /** The addresses to which an email channel sends; null for the other kinds. */
  @Column({ type: 'simple-json', nullable: true })
  recipients: string[] | null;

  @Column({ type: 'simple-json' })
  events: EventType[];

  /** Null for all organizations of the team, also later ones. */
  @Column({ type: 'simple-json', nullable: true })
  integrationIds: number[] | null;

  @Column({ type: 'varchar', default: 'immediately' })
  digest: DigestKind;

  /** `HH:MM`, local time of the zone; if daily. */
  @Column({ default: '08:00' })
  digestTime: string;

  /** An IANA time zone; if daily. */
  @Column({ default: 'UTC' })
  digestZone: string;

  /** With which messages are signed; null where the kind has no signature. */
  @Column({ type: 'text', nullable: true })
  sealedSecret: string | null;

  /** The secret before, which also signs until the next time. */
  @Column({ type: 'text', nullable: true })
  sealedPreviousSecret: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  previousSecretUntil: Date | null;

  /** When it was switched off; null while it is on. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  disabledAt: Date | null;

  @Column({ type: 'varchar', nullable: true })
  disabledBecause: DisabledReason | null;

  /** When the first of the tries failed that have failed since; null where the last one succeeded. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  failingSince: Date | null;

  /** The worker that delivers to it. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  claimedBy: string | null;

  /** When that claim expires, by the database's clock. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  leasedUntil: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt: Date;
}

/** Bound to the team, so that a row copied to another team cannot be decrypted. */
export const channelContext = (teamId: number): string => `notification-channel:${teamId}`;

/** Whether a channel is told of what happens in an organization. */
export const listensTo = (
  { integrationIds }: Pick<NotificationChannel, 'integrationIds'>,
  integrationId: number,
): boolean => integrationIds === null || integrationIds.includes(integrationId);
