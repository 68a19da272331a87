import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

/** Runs are counted within their integration, and an undone run names the run that undid it. */
export class NumberMemberSyncRuns1795420800145 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'github_integrations', ['run_count int NOT NULL DEFAULT 0']);
    await addColumns(queryRunner, 'member_sync_runs', [
      'run_number int NULL',
      'undone_by_run_id int NULL',
    ]);
    await queryRunner.query(numbering(words(queryRunner).isSqlite));
    await queryRunner.query(`UPDATE github_integrations SET run_count =
      (SELECT COUNT(*) FROM member_sync_runs WHERE integration_id = github_integrations.id)`);
    const undos: { id: number; undoes: number }[] = await queryRunner.query(
      'SELECT id, undoes_run_id AS undoes FROM member_sync_runs WHERE undoes_run_id IS NOT NULL ORDER BY id',
    );
    for (const { id, undoes } of undos)
      await queryRunner.query(
        `UPDATE member_sync_runs SET undone_by_run_id = ${id} WHERE id = ${undoes}`,
      );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'member_sync_runs', ['run_number', 'undone_by_run_id']);
    await dropColumns(queryRunner, 'github_integrations', ['run_count']);
  }
}

const NUMBERED = `(SELECT id AS numbered_id, ROW_NUMBER() OVER (PARTITION BY integration_id ORDER BY id) AS number_of_run
  FROM member_sync_runs) numbered`;

/** SQL that numbers the runs of each integration; MySQL cannot read the updated table in a subquery. */
const numbering = (isSqlite: boolean): string =>
  isSqlite
    ? `UPDATE member_sync_runs SET run_number = number_of_run FROM ${NUMBERED} WHERE numbered_id = id`
    : `UPDATE member_sync_runs JOIN ${NUMBERED} ON numbered_id = id SET run_number = number_of_run`;
