import { MigrationInterface, QueryRunner } from 'typeorm';

const KEYS = ['name_key', 'name_key_2', 'name_key_3', 'name_key_more'];

/** Spaces at the end of a key, which MySQL compares as if they were not there and SQLite does not. */
export class TrimNameKeys1795420800129 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const key of KEYS)
      await queryRunner.query(`UPDATE members SET ${key} = RTRIM(${key}) WHERE ${key} LIKE '% '`);
  }

  /** What was trimmed comes back with the next change of the name; until then somebody is sorted by one space less. */
  async down(): Promise<void> {}
}
