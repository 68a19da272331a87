import { words } from './support/schema.js';
export class CreateTeams1795420800101 {
    async up(queryRunner) {
        const { id, dateTime, table } = words(queryRunner);
        await queryRunner.query(`CREATE TABLE teams (
      id ${id},
      slug varchar(64) NOT NULL,
      created_at ${dateTime} NOT NULL,
      UNIQUE (slug)
    ) ${table}`);
        await queryRunner.query("INSERT INTO teams (slug, created_at) VALUES ('default', '2026-11-23 00:00:00.000')");
    }
    async down(queryRunner) {
        await queryRunner.query('DROP TABLE teams');
    }
}
