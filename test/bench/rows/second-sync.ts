import { count, median, seconds } from '../support/figures.js';
import { ways } from '../support/lab.js';
import type { Played, Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { isUnmodified } from '../support/traffic.js';

/** What a sync asks and writes where nothing has changed since the last. */
export async function secondSync(rounds: Rounds, sizes: number[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const members of sizes) rows.push(row(members, await rounds.of(members)));
  return rows;
}

function row(members: number, { syncs }: Played): Row {
  const pages = Math.ceil(members / 100);
  const [list, more] = [pages + 10, Math.floor(1.2 * pages) + 10];
  const all = ways.flatMap((way) => syncs[way].flatMap(({ second }) => second ?? []));
  const seen = all.map(({ traffic, rowsWritten }) => ({
    list: traffic.list.length,
    notModified: traffic.list.filter(isUnmodified).length,
    charged: traffic.list.filter(({ charged }) => charged).length,
    more: traffic.profiles.length + traffic.roles.length + traffic.others.length,
    // GitHub gives no more than 100 in one answer.
    looked: traffic.profiles.length >= pages && traffic.roles.length > 0,
    rowsWritten,
  }));
  const most = (figure: 'list' | 'charged' | 'more' | 'rowsWritten') =>
    Math.max(...seen.map((one) => one[figure]));
  const notModified = Math.min(...seen.map((one) => one.notModified));
  return {
    what: `second sync of ${count(members)}, nothing changed`,
    measured: [
      `${count(most('list'))} for the list (${count(notModified)} of them 304, ${count(most('charged'))} charged)`,
      `${count(most('more'))} for profiles, roles and the rest`,
      `${count(most('rowsWritten'))} rows written`,
      seconds(median(all.map(({ wallMs }) => wallMs))),
    ].join('; '),
    mustReach: `at most ${count(list)} for the list, all 304, none charged; profiles and roles looked at in at most ${count(more)} more; no row written`,
    ok: seen.every(
      (one) =>
        one.list <= list &&
        one.notModified === one.list &&
        one.charged === 0 &&
        one.looked &&
        one.more <= more &&
        one.rowsWritten === 0,
    ),
  };
}
