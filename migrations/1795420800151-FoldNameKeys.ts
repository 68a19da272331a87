import { MigrationInterface, QueryRunner } from 'typeorm';

const MEMBERS = 500;
const COLUMNS = ['name_key', 'name_key_2', 'name_key_3', 'name_key_more'] as const;

type Keys = Record<(typeof COLUMNS)[number], string | null>;

interface Row extends Keys {
  id: number;
  login: string;
  name: unknown;
}

/** Keys of names without accents, and without blanks at the beginning. */
export class FoldNameKeys1795420800151 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (let last = 0; ; ) {
      const rows: Row[] = await queryRunner.query(
        `SELECT id, login, name, ${COLUMNS.join(', ')} FROM members WHERE id > ? ORDER BY id LIMIT ${MEMBERS}`,
        [last],
      );
      const end = rows.at(-1);
      if (!end) return;
      await fold(queryRunner, rows);
      last = end.id;
    }
  }

  /** The earlier keys come back with the next change of the name. */
  async down(): Promise<void> {}
}

async function fold(queryRunner: QueryRunner, rows: Row[]): Promise<void> {
  const changed = rows
    .map((row) => ({ id: row.id, before: row, keys: keysOf(textOf(row.name), row.login) }))
    .filter(({ before, keys }) => COLUMNS.some((column) => before[column] !== keys[column]));
  if (changed.length === 0) return;
  const cases = changed.map(() => 'WHEN ? THEN ?').join(' ');
  const set = COLUMNS.map((column) => `${column} = CASE id ${cases} END`).join(', ');
  const places = changed.map(() => '?').join(', ');
  await queryRunner.query(`UPDATE members SET ${set} WHERE id IN (${places})`, [
    ...COLUMNS.flatMap((column) => changed.flatMap(({ id, keys }) => [id, keys[column]])),
    ...changed.map(({ id }) => id),
  ]);
}

/** SQLite keeps a name with NUL as its bytes. */
const textOf = (name: unknown): string =>
  typeof name === 'string' ? name : Buffer.from(name as Uint8Array).toString();

/** As `nameKeys` had it when this was written. */
function keysOf(name: string, login: string): Keys {
  const own = asKey(name).replace(/^[\p{Z}\p{Cf}]+/u, '');
  const key = own || asKey(login);
  const found = own
    ? [...key.matchAll(/[\p{L}\p{M}\p{N}]+/gu)].filter(({ index }) => index > 0)
    : [];
  const from = (n: number) => (found[n] ? key.slice(found[n].index) : null);
  return {
    name_key: cut(key),
    name_key_2: cut(from(0)),
    name_key_3: cut(from(1)),
    name_key_more: cut(
      from(2)
        ?.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
        .trimStart() ?? null,
    ),
  };
}

const PLAIN: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' },
  ...{ ø: 'o', đ: 'd', ð: 'd', ł: 'l', ħ: 'h', ı: 'i' },
};

const asKey = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu, '')
    .replace(/[ßæœþøđðłħı]/g, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC')
    .replaceAll('\0', '')
    .replace(/\p{Cc}/gu, ' ');

const cut = (key: string | null): string | null =>
  key && [...key].slice(0, 255).join('').replace(/ +$/, '');
