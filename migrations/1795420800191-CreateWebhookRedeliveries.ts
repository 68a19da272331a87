import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** Failed deliveries that GitHub was asked to send again. */
export class CreateWebhookRedeliveries1795420800191 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE webhook_redeliveries (
      webhook_id int NOT NULL,
      guid varchar(64) NOT NULL,
      tries int NOT NULL,
      tried_at ${dateTime} NOT NULL,
      PRIMARY KEY (webhook_id, guid),
      ${belongsTo('webhook_id', 'webhooks')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX webhook_redeliveries_tried_at ON webhook_redeliveries (tried_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE webhook_redeliveries');
  }
}
