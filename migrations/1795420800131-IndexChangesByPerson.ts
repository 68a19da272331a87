import { MigrationInterface, QueryRunner } from 'typeorm';
import { words } from './support/schema.js';

/** Who changed since a moment is told by the index alone. */
export class IndexChangesByPerson1795420800131 implements MigrationInterface {
  up(queryRunner: QueryRunner): Promise<void> {
    return replace(queryRunner, 'member_changes_history', {
      name: 'member_changes_since',
      columns: 'integration_id, made_at, github_id',
    });
  }

  down(queryRunner: QueryRunner): Promise<void> {
    return replace(queryRunner, 'member_changes_since', {
      name: 'member_changes_history',
      columns: 'integration_id, made_at',
    });
  }
}

/** The new one first: a foreign key of MySQL wants one of them there. */
async function replace(
  queryRunner: QueryRunner,
  old: string,
  { name, columns }: { name: string; columns: string },
): Promise<void> {
  const { isSqlite } = words(queryRunner);
  await queryRunner.query(`CREATE INDEX ${name} ON member_changes (${columns})`);
  await queryRunner.query(`DROP INDEX ${old}${isSqlite ? '' : ' ON member_changes'}`);
}
