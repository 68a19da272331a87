import { expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { oneLine, stage } from './support/stage.js';

it.each(ways)('prints one person, also by a former login, $way', async (way) => {
  const { rollcall, connect, json, organization, owner, world } = await stage(way);
  await connect();
  await rollcall(['sync', 'acme']);
  const person = organization.members.find((member) => member !== owner);
  if (!person) throw new Error('The organization is too small.');
  const former = person.login;
  world.renameUser(person, 'mara-lindqvist');
  await rollcall(['sync', 'acme']);
  const found = await json(['person', 'acme', 'MARA-lindqvist']);
  expect(found.person).toMatchObject({ id: expect.any(Number), githubId: person.id });
  expect(found.changes.map(({ kind }: { kind: string }) => kind)).toEqual(['renamed', 'joined']);
  const by = await rollcall(['person', 'acme', former, '--json']);
  expect(JSON.parse(by.stdout)).toEqual(found);
  expect(by.stderr).toBe(`'${former}' is a former login of 'mara-lindqvist'.\n`);
  const { code, stdout } = await rollcall(['person', 'acme', 'mara-lindqvist']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^login: mara-lindqvist$/m);
  expect(stdout).toMatch(/renamed +run 2 +login: .* +login: mara-lindqvist$/m);
  const nobody = await rollcall(['person', 'acme', 'nobody']);
  expect(nobody).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(oneLine) });
});
