import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../src/commands/table.js';
import { stage } from './support/stage.js';

async function directoryOf(names: string[]) {
  const staged = await stage({ members: 1 });
  for (const [i, name] of names.entries()) {
    const user = staged.world.addUser({ login: `person-${i}`, name, email: null });
    staged.organization.join(user);
  }
  await staged.connect();
  await staged.rollcall(['sync', 'acme']);
  return staged;
}

describe('members', () => {
  it('print CSV that no spreadsheet runs', async () => {
    const { rollcall } = await directoryOf([
      '=1+2',
      '+1',
      '-1',
      '@sum',
      '\tx',
      'Smith, "Bob"',
      'a\nb',
    ]);
    const { stdout } = await rollcall(['members', 'acme', '--format', 'csv']);
    const lines = stdout.split('\r\n');
    expect(lines[0]).toBe(
      'githubId,login,displayName,email,role,status,avatarUrl,twoFactor,since,disabledBy,disabledAt,suspended,affiliation,samlNameId,scimUserName,verifiedEmails',
    );
    expect(stdout.endsWith('\r\n')).toBe(true);
    const cells = lines.map((line) => /^\d+,person-\d,(.*?),,member,active,/s.exec(line)?.[1]);
    expect(cells.filter((cell) => cell !== undefined)).toEqual([
      `'=1+2`,
      `'+1`,
      `'-1`,
      `'@sum`,
      `"'\tx"`,
      '"Smith, ""Bob"""',
      '"a\nb"',
    ]);
  });

  it('print a table that stays aligned, and drives no terminal', async () => {
    const { rollcall } = await directoryOf([
      '王小明',
      'Zoë',
      '\u001b[2J\u202eevil\u009b',
      'a\r\nb',
    ]);
    const { stdout } = await rollcall(['members', 'acme']);
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    const rows = stdout.trimEnd().split('\n').slice(1);
    expect(rows).toHaveLength(5);
    const roleAt = rows.map((row) => columnsOf(row.slice(0, row.search(/ (member|admin) /))));
    expect(new Set(roleAt).size).toBe(1);
  });

  it('print names as they are in JSON, harmless on a terminal', async () => {
    const { rollcall } = await directoryOf(['\u001b[2Jevil\u009b', '']);
    const { stdout } = await rollcall(['members', 'acme', '--json']);
    expect(stdout).not.toContain('\u009b');
    const names = JSON.parse(stdout).map((member: { displayName: string }) => member.displayName);
    expect(names).toContain('\u001b[2Jevil\u009b');
    expect(names).toContain('person-1');
  });

  it('are those without an identity, with a role or a two-factor state', async () => {
    const { json, organization, owner, rollcall, token, world } = await directoryOf(['Ann', 'Bo']);
    const logins = async (...args: string[]) =>
      (await json(['members', 'acme', ...args])).map((member: { login: string }) => member.login);
    const refused = await rollcall(['members', 'acme', '--no-identity']);
    expect(refused).toMatchObject({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringMatching(/^rollcall: Who has .* is not visible\. .*admin:org.*\n$/),
    });
    organization.identities.link(owner, { nameId: 'owner' });
    world.addToken({ token, user: owner, scopes: ['admin:org', 'read:user'] });
    await rollcall(['sync', 'acme']);
    expect(await logins('--no-identity')).toEqual(['person-0', 'person-1']);
    expect(await logins('--role', 'admin')).toEqual(['olga-owner']);
    expect(await logins('--two-factor', 'unknown')).toEqual([]);
    expect(await logins('--no-identity', '--role', 'admin', '--two-factor', 'on')).toEqual([]);
  });

  it('are those of the statuses asked for', async () => {
    const { json, organization, rollcall, world } = await directoryOf(['Ann']);
    const leaver = world.user('person-0');
    if (leaver) organization.leave(leaver);
    await rollcall(['sync', 'acme']);
    const logins = async (...args: string[]) =>
      (await json(['members', 'acme', ...args])).map((member: { login: string }) => member.login);
    expect(await logins()).toEqual(['olga-owner']);
    expect(await logins('--status', 'left')).toEqual(['person-0']);
    expect(await logins('--status', 'active,left')).toEqual(['olga-owner', 'person-0']);
    expect(await logins('--status', 'disabled')).toEqual([]);
  });
});

describe('a text on a terminal', () => {
  it.each([
    ['abc', 3],
    ['王小明', 6],
    ['ｱｲｳ', 3],
    ['한국', 4],
    ['é', 1],
    ['अनिता', 5],
    ['👩‍👩‍👧', 2],
  ])('%s takes %i columns', (text, columns) => {
    expect(columnsOf(text)).toBe(columns);
  });
});
