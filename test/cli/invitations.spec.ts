import { expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { stage } from './support/stage.js';

it.each(ways)('prints the invitations to an organization, $way', async (way) => {
  const { rollcall, connect, json, organization, simulator } = await stage(way);
  await connect();
  const { stderr } = await rollcall(['invitations', 'acme']);
  expect(stderr).toBe(
    'The invitations are incomplete: A sync of everybody. They were never read.\n',
  );
  const teams = [organization.teams.create('Web')];
  organization.invite('new\u001b[2J@example.com', { teams });
  organization.invitations.fail(organization.invite('late@example.com'), 'Invitation expired.');
  await rollcall(['sync', 'acme']);
  expect(await json(['invitations', 'acme'])).toMatchObject([
    { email: 'new\u001b[2J@example.com', state: 'pending', githubTeams: [{ slug: 'web' }] },
  ]);
  expect(await json(['invitations', 'acme', '--state', 'failed'])).toMatchObject([
    { email: 'late@example.com', failedReason: 'Invitation expired.' },
  ]);
  const table = await rollcall(['invitations', 'acme']);
  expect(table).toMatchObject({ code: 0, stderr: '' });
  expect(table.stdout).toMatch(/^LOGIN OR EMAIL .*\n.*@example\.com +member .* web /);
  expect(table.stdout).not.toContain('\u001b');
  const csv = await rollcall(['invitations', 'acme', '--format', 'csv']);
  expect(csv.stdout).toMatch(/^id,login,email,.*\r\n1,/);
  simulator.faults.on(/(failed_)?invitations\?/, { times: 2 }).status(403);
  await rollcall(['sync', 'acme']);
  const hidden = await rollcall(['invitations', 'acme', '--json']);
  expect(JSON.parse(hidden.stdout)).toHaveLength(1);
  expect(hidden.stderr).toMatch(/^The invitations are not visible: .* What is printed was read /);
  expect((await rollcall(['invitations', 'acme', '--state', 'gone'])).code).toBe(2);
});
