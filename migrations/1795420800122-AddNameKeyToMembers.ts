import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns } from './support/schema.js';

const MEMBERS = 500;

/** The shown name in lower case: neither database folds all letters as the other does. */
export class AddNameKeyToMembers1795420800122 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'members', ["name_key varchar(1024) NOT NULL DEFAULT ''"]);
    for (let last = 0; ; ) {
      const members: { id: number; login: string; name: unknown }[] = await queryRunner.query(
        `SELECT id, login, name FROM members WHERE id > ? ORDER BY id LIMIT ${MEMBERS}`,
        [last],
      );
      if (members.length === 0) return;
      await fill(queryRunner, members);
      last = members.at(-1)?.id ?? last;
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'members', ['name_key']);
  }
}

async function fill(
  queryRunner: QueryRunner,
  members: { id: number; login: string; name: unknown }[],
): Promise<void> {
  const cases = members.map(() => 'WHEN ? THEN ?').join(' ');
  const places = members.map(() => '?').join(', ');
  const values = members.flatMap(({ id, login, name }) => [id, keyOf(name, login)]);
  await queryRunner.query(
    `UPDATE members SET name_key = CASE id ${cases} END WHERE id IN (${places})`,
    [...values, ...members.map(({ id }) => id)],
  );
}

/** SQLite keeps a name with NUL as its bytes. */
function keyOf(name: unknown, login: string): string {
  const text = typeof name === 'string' ? name : Buffer.from(name as Uint8Array).toString();
  return (text || login).toLowerCase().replaceAll('\0', '');
}
