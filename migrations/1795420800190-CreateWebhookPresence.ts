import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** One row: when deliveries could be received last, and when GitHub was asked last for those that failed. */
export class CreateWebhookPresence1795420800190 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE webhook_presence (
      id int PRIMARY KEY NOT NULL,
      alive_at ${dateTime} NULL,
      asked_at ${dateTime} NULL
    ) ${table}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE webhook_presence');
  }
}
