import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** What receives deliveries of GitHub: an integration, or the GitHub App for all of its installations. */
export class CreateWebhooks1795420800185 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { bigint, dateTime, id, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE webhooks (
      id ${id},
      integration_id int NULL,
      url_key varchar(32) NOT NULL,
      sealed_secret text NOT NULL,
      sealed_previous_secrets text NULL,
      created_at ${dateTime} NOT NULL,
      github_hook_id ${bigint} NULL,
      last_delivery_at ${dateTime} NULL,
      last_event varchar(64) NULL,
      last_ping_at ${dateTime} NULL,
      accepted ${bigint} NOT NULL DEFAULT 0,
      ignored ${bigint} NOT NULL DEFAULT 0,
      refused ${bigint} NOT NULL DEFAULT 0,
      UNIQUE (integration_id),
      UNIQUE (url_key),
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
    await queryRunner.query(`CREATE TABLE webhook_deliveries (
      webhook_id int NOT NULL,
      guid varchar(64) NOT NULL,
      received_at ${dateTime} NOT NULL,
      PRIMARY KEY (webhook_id, guid),
      ${belongsTo('webhook_id', 'webhooks')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX webhook_deliveries_received_at ON webhook_deliveries (received_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE webhook_deliveries');
    await queryRunner.query('DROP TABLE webhooks');
  }
}
