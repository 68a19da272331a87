import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** What was told: one message for each type of event and run, for all channels. */
export class CreateNotificationMessages1795420800242 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, isSqlite, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE notification_messages (
      id ${id},
      message_id varchar(40) NOT NULL,
      team_id int NOT NULL,
      type varchar(40) NOT NULL,
      body ${isSqlite ? 'text' : 'mediumtext'} NOT NULL,
      told_once varchar(100) NULL,
      created_at ${dateTime} NOT NULL,
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE UNIQUE INDEX notification_messages_once ON notification_messages (team_id, told_once)',
    );
    await queryRunner.query(
      'CREATE INDEX notification_messages_created ON notification_messages (created_at)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notification_messages');
  }
}
