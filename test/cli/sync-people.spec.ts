import { expect, it } from 'vitest';
import { oneLine, stage } from './support/stage.js';

it('syncs the people whom --login names, and nobody else', async () => {
  const { rollcall, connect, json, world, organization } = await stage({ members: 5 });
  await connect();
  await rollcall(['sync', 'acme']);
  const [one, other] = [
    world.addUser({ login: 'nora-new' }),
    world.addUser({ login: 'otto-other' }),
  ];
  organization.join(one);
  organization.join(other);
  const { run } = await json(['sync', 'acme', '--login', 'Nora-New']);
  expect(run).toMatchObject({ state: 'complete', scope: 'people', people: 1 });
  const { stdout } = await rollcall([
    'sync',
    'acme',
    '--login',
    'nora-new',
    '--login',
    'otto-other',
  ]);
  expect(stdout).toBe('2 people of acme looked at: 1 joined; 1 unchanged.\n');
});

it('says what is wrong with a login', async () => {
  const { rollcall, connect } = await stage();
  await connect();
  await rollcall(['sync', 'acme']);
  const wrong = await rollcall(['sync', 'acme', '--login', 'no login']);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringMatching(oneLine) });
  const unknown = await rollcall(['sync', 'acme', '--login', 'nobody-has-this']);
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('nobody-has-this') });
});
