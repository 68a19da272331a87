import { MigrationInterface, QueryRunner } from 'typeorm';
import { addColumns, dropColumns, words } from './support/schema.js';

const MEMBERS = 500;

/** Characters of a key, which is what an index takes of utf8mb4. */
const KEY = 255;

/** Each serves a way to sort or to search, of which the last holds those few names that have more than three words. */
const INDEXES = {
  members_by_name: 'integration_id, status, name_key, login_key, id',
  members_by_name_2: 'integration_id, status, name_key_2, login_key, id',
  members_by_name_3: 'integration_id, status, name_key_3, login_key, id',
  members_by_more_words: 'integration_id, name_key_more',
  members_by_since: 'integration_id, status, since, id',
};

/** Names from their second and third word on, and since when somebody is what they are. */
export class AddSearchAndSortingToMembers1795420800126 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const { dateTime, isSqlite } = words(queryRunner);
    await addColumns(queryRunner, 'members', [
      `name_key_2 varchar(${KEY}) NULL`,
      `name_key_3 varchar(${KEY}) NULL`,
      `name_key_more varchar(${KEY}) NULL`,
      `since ${dateTime} GENERATED ALWAYS AS (COALESCE(left_at, joined_at)) VIRTUAL`,
    ]);
    await fillAll(queryRunner);
    // SQLite keeps to no length, and has no words to change one.
    if (!isSqlite)
      await queryRunner.query(
        `ALTER TABLE members MODIFY name_key varchar(${KEY}) NOT NULL DEFAULT ''`,
      );
    for (const [name, columns] of Object.entries(INDEXES))
      await queryRunner.query(`CREATE INDEX ${name} ON members (${columns})`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { isSqlite } = words(queryRunner);
    for (const name of Object.keys(INDEXES))
      await queryRunner.query(`DROP INDEX ${name}${isSqlite ? '' : ' ON members'}`);
    if (!isSqlite)
      await queryRunner.query(
        "ALTER TABLE members MODIFY name_key varchar(1024) NOT NULL DEFAULT ''",
      );
    await dropColumns(queryRunner, 'members', [
      'since',
      'name_key_more',
      'name_key_3',
      'name_key_2',
    ]);
  }
}

interface Row {
  id: number;
  name_key: string;
}

async function fillAll(queryRunner: QueryRunner): Promise<void> {
  for (let last = 0; ; ) {
    const rows: Row[] = await queryRunner.query(
      `SELECT id, name_key FROM members WHERE id > ? ORDER BY id LIMIT ${MEMBERS}`,
      [last],
    );
    const end = rows.at(-1);
    if (!end) return;
    await fill(queryRunner, rows);
    last = end.id;
  }
}

async function fill(queryRunner: QueryRunner, rows: Row[]): Promise<void> {
  const keys = rows.map(({ name_key }) => keysOf(name_key));
  const cases = rows.map(() => 'WHEN ? THEN ?').join(' ');
  const columns = ['name_key', 'name_key_2', 'name_key_3', 'name_key_more'];
  const set = columns.map((column) => `${column} = CASE id ${cases} END`).join(', ');
  const places = rows.map(() => '?').join(', ');
  await queryRunner.query(`UPDATE members SET ${set} WHERE id IN (${places})`, [
    ...columns.flatMap((_, i) => rows.flatMap(({ id }, row) => [id, keys[row]?.[i] ?? null])),
    ...rows.map(({ id }) => id),
  ]);
}

/** As `nameKeys` had it when this was written. */
function keysOf(kept: string): (string | null)[] {
  const key = kept.replace(/\p{Cc}/gu, ' ');
  const found = [...key.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].filter(({ index }) => index > 0);
  const from = (n: number) => (found[n] ? key.slice(found[n].index) : null);
  const more = from(2)?.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ') ?? null;
  const all = [key, from(0), from(1), more];
  return all.map((text) => text && [...text].slice(0, KEY).join(''));
}
