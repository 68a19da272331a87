import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A failed delivery that GitHub was asked to send again. */
@Entity('webhook_redeliveries')
export class WebhookRedelivery {
  @PrimaryColumn()
  webhookId: number;

  @PrimaryColumn({ type: 'varchar' })
  guid: string;

  @Column()
  tries: number;

  /** By the database's clock. */
  @Column({ type: 'datetime', precision: 3 })
  triedAt: Date;
}
