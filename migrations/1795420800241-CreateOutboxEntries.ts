import { MigrationInterface, QueryRunner } from 'typeorm';
import { belongsTo, words } from './support/schema.js';

/** What channels are to be told of, written in the transaction in which it happens. */
export class CreateOutboxEntries1795420800241 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { id, dateTime, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE outbox_entries (
      id ${id},
      integration_id int NOT NULL,
      run_id int NOT NULL,
      kind varchar(16) NOT NULL,
      after_change_id int NOT NULL,
      until_change_id int NOT NULL,
      happened_at ${dateTime} NOT NULL,
      ${belongsTo('integration_id', 'github_integrations')},
      ${belongsTo('run_id', 'member_sync_runs')}
    ) ${table}`);
    await queryRunner.query(
      'CREATE INDEX outbox_entries_integration ON outbox_entries (integration_id, id)',
    );
    await queryRunner.query('CREATE INDEX outbox_entries_run ON outbox_entries (run_id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE outbox_entries');
  }
}
