import { MigrationInterface, QueryRunner } from 'typeorm';

/** The first team got a fixed date. It was made with the first user, or now where there is none. */
export class DateTeamDefault1795420800179 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const now = new Date().toISOString().slice(0, -1).replace('T', ' ');
    await queryRunner.query(
      `UPDATE teams SET created_at = COALESCE((SELECT MIN(created_at) FROM users), '${now}')
       WHERE slug = 'default' AND created_at = '2026-11-23 00:00:00.000'`,
    );
  }

  async down(): Promise<void> {
    // The fixed date said nothing.
  }
}
