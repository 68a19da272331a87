import { expect, it } from 'vitest';
import { parseCsv } from '../support/csv.js';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

it.each(ways)('prints the outside collaborators, $way', async (way) => {
  const { rollcall, connect, json, organization, world, simulator } = await stage(way);
  await connect();
  const list = ['members', 'acme', '--affiliation', 'outside_collaborator'];
  const unread = await rollcall(list);
  expect(unread).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) });
  const [one, two] = [world.addUser({ login: 'one' }), world.addUser({ login: 'two' })];
  for (const user of [one, two]) organization.collaborators.add(user);
  await rollcall(['sync', 'acme']);
  organization.collaborators.remove(two);
  await rollcall(['sync', 'acme']);
  const shown = { login: 'one', role: null, status: 'active', affiliation: 'outside_collaborator' };
  expect(await json(list)).toMatchObject([shown]);
  expect(await json([...list, '--status', 'left'])).toMatchObject([
    { login: 'two', status: 'left', affiliation: null },
  ]);
  const members = await json(['members', 'acme', '--status', 'active,left,disabled']);
  expect(new Set(members.map(({ affiliation }: typeof shown) => affiliation))).toEqual(
    new Set(['member']),
  );
  const csv = await rollcall([...list, '--format', 'csv']);
  expect(csv).toMatchObject({ code: 0, stderr: '' });
  const [header = [], row = []] = parseCsv(csv.stdout);
  expect(row[header.indexOf('affiliation')]).toBe('outside_collaborator');
  simulator.faults.on(/outside_collaborators\?/).status(403);
  await rollcall(['sync', 'acme']);
  const hidden = await rollcall([...list, '--json']);
  expect(JSON.parse(hidden.stdout)).toMatchObject([shown]);
  expect(hidden.stderr).toMatch(/^The outside collaborators are not visible: .* was read /);
  const invited = await rollcall(['members', 'acme', '--affiliation', 'invited']);
  expect(invited).toMatchObject({ code: 2, stderr: expect.stringMatching(oneLine) });
  expect(invited.stderr).toContain('Use member or outside_collaborator. `rollcall invitations`');
});
