import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, oneOf, words } from './support/schema.js';

/** One message for one channel, and how it went. */
export class CreateNotificationDeliveries1795420800243 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE notification_deliveries (
      id ${id},
      channel_id int NOT NULL,
      message_row_id int NOT NULL,
      integration_id int NOT NULL,
      state varchar(16) NOT NULL ${oneOf('state', 'pending', 'delivered', 'dead')},
      attempts int NOT NULL DEFAULT 0,
      next_try_at ${dateTime} NOT NULL,
      last_tried_at ${dateTime} NULL,
      status int NULL,
      answer text NULL,
      error text NULL,
      duration_ms int NULL,
      redelivers_id int NULL,
      created_at ${dateTime} NOT NULL,
      ${belongsTo('channel_id', 'notification_channels')},
      ${belongsTo('message_row_id', 'notification_messages')}
    ) ${table}`);
    for (const [name, columns] of Object.entries(INDEXES))
      await queryRunner.query(
        `CREATE INDEX notification_deliveries_${name} ON notification_deliveries (${columns})`,
      );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notification_deliveries');
  }
}

const INDEXES = {
  waiting: 'state, channel_id, integration_id, id',
  channel: 'channel_id, id',
  message: 'message_row_id',
};
