import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

export class AddDisablingToMembers1795420800117 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime } = words(queryRunner);
    await addColumns(queryRunner, 'members', [
      'disabled_by varchar(254) NULL',
      `disabled_at ${dateTime} NULL`,
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'members', ['disabled_at', 'disabled_by']);
  }
}
