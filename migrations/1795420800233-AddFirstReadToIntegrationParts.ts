import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** From when on the past of a part is known. Of what was read already, only the last read is known. */
export class AddFirstReadToIntegrationParts1795420800233 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'integration_parts', [
      `first_read_at ${words(queryRunner).dateTime} NULL`,
    ]);
    await queryRunner.query('UPDATE integration_parts SET first_read_at = as_of');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'integration_parts', ['first_read_at']);
  }
}
