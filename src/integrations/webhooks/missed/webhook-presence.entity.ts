import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The only row has this id. */
export const PRESENCE = 1;

/** When deliveries could be received. Both times are of the database's clock. */
@Entity('webhook_presence')
export class WebhookPresence {
  @PrimaryColumn()
  id: number;

  /** Moved on every minute by each process that receives. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  aliveAt: Date | null;

  /** When GitHub was asked last for failed deliveries. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  askedAt: Date | null;
}
