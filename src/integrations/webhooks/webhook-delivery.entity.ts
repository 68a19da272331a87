import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A delivery that was received. It is kept for a while, so that the same one is handled once. */
@Entity('webhook_deliveries')
export class WebhookDelivery {
  @PrimaryColumn()
  webhookId: number;

  /** GitHub's `X-GitHub-Delivery`, which a redelivery keeps. */
  @PrimaryColumn({ type: 'varchar' })
  guid: string;

  @Column({ type: 'datetime', precision: 3 })
  receivedAt: Date;
}
