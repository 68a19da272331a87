import { words } from './support/schema.js';
export class CreateUsers1795420800102 {
    async up(queryRunner) {
        const { id, dateTime, table } = words(queryRunner);
        await queryRunner.query(`CREATE TABLE users (
      id ${id},
      email varchar(254) NOT NULL,
      password_hash varchar(255) NOT NULL,
      created_at ${dateTime} NOT NULL,
      UNIQUE (email)
    ) ${table}`);
    }
    async down(queryRunner) {
        await queryRunner.query('DROP TABLE users');
    }
}
