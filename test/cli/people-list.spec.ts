import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { ways } from '../support/service.js';
import { stage } from './support/stage.js';

async function files() {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-people-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, name), content);
    return join(folder, name);
  };
}

it.each(ways)('takes a people list from a file, $way', async (way) => {
  const { rollcall, json } = await stage(way);
  const file = await files();
  const utf16 = Buffer.from('\ufeffemail\tname\tdesk\r\nada@example.com\tAda\t3\r\n', 'utf16le');
  const list = await file('people.csv', utf16);
  expect(await rollcall(['people-list', 'import', list])).toEqual({
    code: 0,
    stdout: 'Version 1: 1 person, 1 added, 0 changed, 0 removed.\n',
    stderr: 'Columns that Rollcall does not use: desk.\n',
  });
  const same = await file('people.json', '{"people":[{"email":"ADA@example.com","name":"Ada"}]}');
  expect(await json(['people-list', 'import', same])).toMatchObject({
    ...{ version: 1, people: 1, isNew: false, source: 'command', ignoredColumns: [] },
    madeBy: expect.any(String),
  });
  const { stdout } = await rollcall(['people-list', 'import', same]);
  expect(stdout).toBe('The list is as it was: version 1 with 1 person.\n');
});

it.each(ways)('prints who of the list is who on GitHub, $way', async (way) => {
  const { rollcall, connect, json, organization, world } = await stage(way);
  const none = await rollcall(['people-list', 'matches', '--json']);
  expect([none.code, JSON.parse(none.stdout)]).toEqual([0, []]);
  expect(none.stderr).toMatch(/^The team has no people list\. Send one with /);
  organization.join(world.addUser({ login: 'ada-l' }));
  await connect();
  await rollcall(['sync', 'acme']);
  const file = await files();
  const list = await file(
    'people.csv',
    'email,github_login\nada@example.com,ADA-L\nb@example.com,\n',
  );
  await rollcall(['people-list', 'import', list]);
  expect(await json(['people-list', 'matches', '--category', 'matched'])).toMatchObject([
    { category: 'matched', matchedBy: 'login', person: { email: 'ada@example.com' } },
  ]);
  const table = await rollcall(['people-list', 'matches']);
  expect(table).toMatchObject({ code: 0, stderr: '' });
  expect(table.stdout).toMatch(
    /^CATEGORY +EMAIL .*\nmatched +ada@example\.com .* ada-l +acme +login/,
  );
  const csv = await rollcall(['people-list', 'matches', '--format', 'csv']);
  expect(csv.stdout).toMatch(/^category,matchedBy,email,.*\r\nmatched,login,ada@example\.com,/);
  expect((await rollcall(['people-list', 'matches', '--category', 'all'])).code).toBe(2);
});

it('says in one line why it takes no list', async () => {
  const { rollcall } = await stage();
  const file = await files();
  const wrong = await file('wrong.csv', 'email\nnobody\n\u001b[2J@\n');
  expect(await rollcall(['people-list', 'import', wrong])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^rollcall: 2 rows are wrong: line 2: 'nobody' .*\.\n$/),
  });
  const { stderr } = await rollcall(['people-list', 'import', wrong]);
  expect(stderr).not.toContain('\u001b');
  for (const [path, problem] of [
    [`${wrong}.none`, /cannot be read: ENOENT/],
    [tmpdir(), /is no file/],
  ] as const)
    expect(await rollcall(['people-list', 'import', path])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(problem),
    });
  expect((await rollcall(['people-list', 'import', wrong, '--team', 'none'])).code).toBe(1);
  expect((await rollcall(['people-list', 'import'])).code).toBe(2);
});
