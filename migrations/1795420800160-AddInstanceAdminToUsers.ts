import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** The first user who was made manages the teams. */
export class AddInstanceAdminToUsers1795420800160 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { boolean } = words(queryRunner);
    await addColumns(queryRunner, 'users', [`instance_admin ${boolean} NOT NULL DEFAULT 0`]);
    const [first] = await queryRunner.query('SELECT MIN(id) AS id FROM users');
    await queryRunner.query('UPDATE users SET instance_admin = 1 WHERE id = ?', [first.id]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'users', ['instance_admin']);
  }
}
