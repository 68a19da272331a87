import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** Where a team is told of what happens. */
export class CreateNotificationChannels1795420800240 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, json, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE notification_channels (
      id ${id},
      team_id int NOT NULL,
      kind varchar(16) NOT NULL,
      name varchar(100) NOT NULL,
      sealed_address text NOT NULL,
      host varchar(255) NOT NULL,
      events ${json} NOT NULL,
      integration_ids ${json} NULL,
      sealed_secret text NULL,
      sealed_previous_secret text NULL,
      previous_secret_until ${dateTime} NULL,
      disabled_at ${dateTime} NULL,
      disabled_because varchar(16) NULL,
      failing_since ${dateTime} NULL,
      claimed_by varchar(36) NULL,
      leased_until ${dateTime} NULL,
      created_at ${dateTime} NOT NULL,
      updated_at ${dateTime} NOT NULL,
      ${belongsTo('team_id', 'teams')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX notification_channels_team ON notification_channels (team_id, id)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE notification_channels');
  }
}
