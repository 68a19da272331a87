import { Not } from 'typeorm';
import { describe, expect, it } from 'vitest';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';

/** Names and logins that have broken one service or another; each must be kept byte for byte. */
const NAMES = [
  'a'.repeat(255),
  '👩‍👩‍👧‍👦'.repeat(20),
  'مرحبا بالعالم',
  '\u202Eevil\u202C',
  'nul\u0000inside',
  '  spaces at both ends  ',
  'trailing line\n',
  '<script>alert(1)</script>',
  "Robert'); DROP TABLE members;--",
  '=HYPERLINK("http://evil.example")',
  '\u00e9',
  'e\u0301',
  '\\backslash\\',
  '{{name}} %s $1 ?',
  '𝕬𝖑𝖎𝖈𝖊',
  'null',
];

/** Has the database refuse changes of people with such logins. */
const REFUSING = {
  sqlite: [
    "CREATE TRIGGER refusing BEFORE INSERT ON member_changes WHEN NEW.login LIKE 'refused%' BEGIN SELECT RAISE(ABORT, 'refused'); END",
  ],
  mysql: ["ALTER TABLE member_changes ADD CONSTRAINT refusing CHECK (login NOT LIKE 'refused%')"],
};

describe.each(ways)('people as GitHub has them, $way', (way) => {
  async function start(members: number) {
    const { integration, service, ...github } = await startConnected(members, way);
    const find = (githubId: number) =>
      service.dataSource.manager.findOneByOrFail(Member, { githubId });
    return { ...github, service, find, sync: () => syncToEnd(service, integration.id) };
  }

  it('keeps names and addresses byte for byte, also when they change', async () => {
    const { world, organization, sync, find } = await start(3);
    const people = NAMES.map((name, i) =>
      world.addUser({ login: `person-${i}`, name, email: `${i}+tag@exämple.com` }),
    );
    for (const user of people) organization.join(user);
    expect((await sync()).result).toMatchObject({ created: 3 + NAMES.length, failed: 0 });
    for (const user of people)
      expect(await find(user.id)).toMatchObject({ name: user.name, email: user.email });
    expect((await sync()).result).toMatchObject({ updated: 0, unchanged: 3 + NAMES.length });
    for (const [i, user] of people.entries()) user.name = NAMES[(i + 1) % NAMES.length] ?? '';
    expect((await sync()).result).toMatchObject({ updated: NAMES.length });
    for (const user of people) expect(await find(user.id)).toMatchObject({ name: user.name });
  });

  it('makes half a character whole, once, wherever GitHub sends one', async () => {
    const { world, organization, sync, find } = await start(3);
    const name = 'half \ud83d, \ude00\ud83d whole \u{1f600}';
    const user = world.addUser({ login: 'half', name, email: 'half\udfff@example.com' });
    organization.join(user);
    expect((await sync()).result).toMatchObject({ created: 4, failed: 0 });
    const whole = { name: name.toWellFormed(), email: 'half\ufffd@example.com' };
    expect(await find(user.id)).toMatchObject(whole);
    expect((await sync()).result).toMatchObject({ unchanged: 4, updated: 0, failed: 0 });
    user.name = '\ud83d';
    expect((await sync()).result).toMatchObject({ unchanged: 3, updated: 1, failed: 0 });
    expect(await find(user.id)).toMatchObject({ name: '\ufffd' });
  });

  it('lets somebody fail alone whom the database refuses, in the directory or in the changes', async () => {
    const { world, organization, sync, find, service } = await start(40);
    const { manager } = service.dataSource;
    for (const statement of REFUSING[way.dialect]) await manager.query(statement);
    organization.join(world.addUser({ login: 'refused' }));
    organization.join(world.addUser({ login: 'long', name: 'x'.repeat(10_000) }));
    const failed = 2;
    const joined = 42 - failed;
    expect(await sync()).toMatchObject({
      state: 'complete',
      result: { created: joined, failed, total: 42 },
      changeCounts: { joined },
    });
    const [known] = organization.members;
    if (!known) throw new Error('There is no member.');
    world.renameUser(known, 'refused-now');
    known.name = 'Somebody';
    expect((await sync()).result).toMatchObject({
      updated: 0,
      unchanged: joined - 1,
      failed: failed + 1,
    });
    expect((await find(known.id)).login).not.toBe('refused-now');
    expect(await manager.countBy(MemberChange, { kind: 'joined' })).toBe(joined);
    expect(await manager.countBy(MemberChange, { kind: Not('joined') })).toBe(0);
  });

  it('takes a missing name and address for none, and ids of any size', async () => {
    const { world, organization, sync, find } = await start(3);
    const ids = [2 ** 31, 2 ** 32 + 1, 2 ** 45, Number.MAX_SAFE_INTEGER];
    for (const id of ids)
      organization.join(
        world.addUser({ id, login: `octocat_acme-${id}`, name: null, email: null }),
      );
    expect((await sync()).result).toMatchObject({ created: 7, failed: 0 });
    for (const id of ids)
      expect(await find(id)).toMatchObject({ githubId: id, name: '', email: '' });
    expect((await sync()).result).toMatchObject({ unchanged: 7, updated: 0 });
  });

  it('goes by ids where logins are taken over, swapped, passed around and changed in case, in one sync', async () => {
    const { world, organization, owner, sync, find, service } = await start(12);
    await sync();
    const [a, b, c, d, e, f, g, h] = organization.members.filter((user) => user !== owner);
    if (!a || !b || !c || !d || !e || !f || !g || !h) throw new Error('There are too few members.');
    const { manager } = service.dataSource;
    world.swapLogins(a, b);
    const freed = c.login;
    world.renameUser(c, 'somewhere-new');
    world.renameUser(d, freed);
    world.renameUser(e, e.login.toUpperCase());
    const left = f.login;
    organization.leave(f);
    world.deleteUser(f);
    organization.join(world.addUser({ login: left }));
    const names = [g.login, h.login];
    world.swapLogins(g, h);
    const run = await sync();
    expect(run).toMatchObject({ state: 'complete' });
    expect(run.result).toMatchObject({
      created: 1,
      updated: 7,
      deactivated: 1,
      failed: 0,
      total: 12,
    });
    for (const user of organization.members)
      expect(await find(user.id)).toMatchObject({ login: user.login, status: 'active' });
    expect([(await find(h.id)).login, (await find(g.id)).login]).toEqual(names);
    expect(await find(f.id)).toMatchObject({ login: left, status: 'left' });
    expect(await manager.count(Member)).toBe(13);
  });

  it('keeps what is known of somebody who was suspended or deleted and is listed still', async () => {
    const { world, organization, owner, sync, find } = await start(6);
    await sync();
    const [suspended, deleted] = organization.members.filter((user) => user !== owner);
    if (!suspended || !deleted) throw new Error('There are too few members.');
    const before = [await find(suspended.id), await find(deleted.id)];
    world.suspendUser(suspended);
    world.deleteUser(deleted);
    expect((await sync()).result).toMatchObject({ unchanged: 6, failed: 0, deactivated: 0 });
    expect([await find(suspended.id), await find(deleted.id)]).toEqual(before);
  });
});
