import { describe, expect, it } from 'vitest';
import { parseCsv } from '../support/csv.js';
import { today } from '../support/dates.js';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

describe.each(ways)('diff, on the way $way', ({ dialect, bull }) => {
  it('prints who joined and left between two moments', async () => {
    const { rollcall, connect, json, organization, owner, world } = await stage({ dialect, bull });
    await connect();
    const { run } = await json(['sync', 'acme']);
    const leaver = organization.members.find((member) => member !== owner);
    if (!leaver) throw new Error('The organization is too small.');
    organization.leave(leaver);
    organization.join(world.addUser({ login: 'newcomer' }));
    await json(['sync', 'acme']);
    const dates = ['diff', 'acme', '--from', run.finishedAt, '--to', today()];
    const found: { login: string; kind: string }[] = await json(dates);
    expect(found.map(({ login, kind }) => [login, kind]).toSorted()).toEqual(
      [
        [leaver.login, 'left'],
        ['newcomer', 'joined'],
      ].toSorted(),
    );
    const csv = await rollcall([...dates, '--format', 'csv']);
    expect(csv).toMatchObject({ code: 0, stderr: '' });
    expect(
      parseCsv(csv.stdout)
        .map(([kind, , login]) => [login, kind])
        .toSorted(),
    ).toEqual([...found.map(({ login, kind }) => [login, kind]), ['login', 'kind']].toSorted());
    const { code, stdout, stderr } = await rollcall(dates);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^DIFFERENCE +LOGIN/);
    expect(stdout).toMatch(/left .*status: active → left, present: true → false/);
  });
});

it('diff needs both dates, in order', async () => {
  const { rollcall, connect } = await stage();
  await connect();
  await rollcall(['sync', 'acme']);
  for (const [args, exit] of [
    [['--from', '2026-03-01'], 2],
    [['--to', '2026-03-01'], 2],
    [['--from', '2026-03-01', '--to', '2026-03-02', '--format', 'csv', '--json'], 2],
    [['--from', '2026-03-01', '--to', '2026-03-02', '--format', 'xml'], 2],
    [['--from', '2999-01-01', '--to', '2999-01-02'], 2],
    [['--from', today(), '--to', '2026-03-01'], 1],
  ] as const) {
    const { code, stdout, stderr } = await rollcall(['diff', 'acme', ...args]);
    expect({ args, code, stdout }).toEqual({ args, code: exit, stdout: '' });
    expect(stderr).toMatch(oneLine);
  }
}, 30_000);
