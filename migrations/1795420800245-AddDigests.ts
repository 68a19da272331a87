import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** When a channel is told what has gathered, and which deliveries wait for that. */
export class AddDigests1795420800245 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { boolean } = words(queryRunner);
    await addColumns(queryRunner, 'notification_channels', [
      "digest varchar(16) NOT NULL DEFAULT 'immediately'",
      "digest_time varchar(5) NOT NULL DEFAULT '08:00'",
      "digest_zone varchar(64) NOT NULL DEFAULT 'UTC'",
    ]);
    await addColumns(queryRunner, 'notification_deliveries', [
      `for_digest ${boolean} NOT NULL DEFAULT 0`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'notification_deliveries', ['for_digest']);
    await dropColumns(queryRunner, 'notification_channels', [
      'digest_zone',
      'digest_time',
      'digest',
    ]);
  }
}
