import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, belongsTo, dropColumns, words } from './support/schema.js';

interface Counts {
  active: number;
  left: number;
  disabled: number;
}

/** How many people each directory has, kept rather than counted for each page; and what each run changed. */
export class CreateMemberCounts1795420800125 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { json, table } = words(queryRunner);
    await queryRunner.query(`CREATE TABLE member_counts (
      integration_id int PRIMARY KEY NOT NULL,
      active_members int NOT NULL DEFAULT 0,
      left_members int NOT NULL DEFAULT 0,
      disabled_members int NOT NULL DEFAULT 0,
      ${belongsTo('integration_id', 'github_integrations')}
    ) ${table}`);
    for (const [id, { active, left, disabled }] of await counted(queryRunner))
      await queryRunner.query('INSERT INTO member_counts VALUES (?, ?, ?, ?)', [
        ...[id, active, left, disabled],
      ]);
    await addColumns(queryRunner, 'member_sync_runs', [
      `change_counts ${json} NULL`,
      'active_after int NULL',
    ]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_sync_runs', ['active_after', 'change_counts']);
    await queryRunner.query('DROP TABLE member_counts');
  }
}

/** What an unfinished run has done is added when it ends. */
async function counted(queryRunner: QueryRunner): Promise<Map<number, Counts>> {
  const counts = new Map<number, Counts>();
  const rows: { id: number; status: keyof Counts; people: number | string }[] =
    await queryRunner.query(
      'SELECT integration_id AS id, status, COUNT(*) AS people FROM members GROUP BY integration_id, status',
    );
  for (const { id, status, people } of rows) {
    const of = counts.get(id) ?? { active: 0, left: 0, disabled: 0 };
    counts.set(id, { ...of, [status]: Number(people) });
  }
  const unfinished: { id: number; result: string | object | null }[] = await queryRunner.query(
    'SELECT integration_id AS id, result FROM member_sync_runs WHERE unfinished_integration_id IS NOT NULL',
  );
  for (const { id, result } of unfinished) {
    const of = counts.get(id);
    if (!of || !result) continue;
    const { created = 0, reactivated = 0 } =
      typeof result === 'string' ? JSON.parse(result) : result;
    counts.set(id, {
      ...of,
      active: of.active - created - reactivated,
      left: of.left + reactivated,
    });
  }
  return counts;
}
