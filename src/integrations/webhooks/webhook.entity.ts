import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from '../../platform/database/columns.js';

/** What receives deliveries of GitHub: an integration, or the GitHub App for all of its installations. */
@Entity('webhooks')
export class Webhook {
  @PrimaryGeneratedColumn()
  id: number;

  /** Null for the GitHub App. */
  @Column({ type: 'int', nullable: true })
  integrationId: number | null;

  /** The last part of the address: 32 hex digits. `APP_KEY` for the GitHub App. */
  @Column({ type: 'varchar' })
  urlKey: string;

  /** '' for the GitHub App, whose secret is GITHUB_WEBHOOK_SECRET. */
  @Column({ type: 'text' })
  sealedSecret: string;

  /** JSON of secrets that were replaced, each with the time until which it is accepted. */
  @Column({ type: 'text', nullable: true })
  sealedPreviousSecrets: string | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt: Date;

  /** The hook's id at GitHub; null where somebody made it by hand. */
  @Column({ type: 'bigint', nullable: true, transformer: bigintAsNumber })
  githubHookId: number | null;

  /** The last delivery that was signed. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastDeliveryAt: Date | null;

  /** Its event and action, such as `organization.member_added`. */
  @Column({ type: 'varchar', nullable: true })
  lastEvent: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  lastPingAt: Date | null;

  /** Deliveries that hints followed from. */
  @Column({ type: 'bigint', default: 0, transformer: bigintAsNumber })
  accepted: number;

  /** Signed deliveries that nothing followed from. */
  @Column({ type: 'bigint', default: 0, transformer: bigintAsNumber })
  ignored: number;

  /** Deliveries without the right signature, or that could not be read. */
  @Column({ type: 'bigint', default: 0, transformer: bigintAsNumber })
  refused: number;
}
