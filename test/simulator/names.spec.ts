import { describe, expect, it } from 'vitest';
import { World } from '../../src/simulator/world.js';
import { OWNER, Stage } from './support/stage.js';

describe('a renamed organization', () => {
  it('is found by its id and its new name, and not by its old one', async () => {
    const stage = await Stage.set();
    stage.organization.rename('acme-inc');
    expect((await stage.get('/orgs/acme')).status).toBe(404);
    expect((await stage.get('/orgs/acme/members')).status).toBe(404);
    expect(await stage.json('/organizations/9001')).toMatchObject({ login: 'acme-inc', id: 9001 });
    expect(await stage.json('/orgs/Acme-Inc')).toMatchObject({ id: 9001 });
  });

  it('may lose its old name to another', async () => {
    const stage = await Stage.set();
    stage.organization.rename('acme-inc');
    const other = stage.world.addOrganization({ login: 'Acme' });
    expect(await stage.json('/orgs/acme')).toMatchObject({ id: other.id });
    expect(await stage.json('/user/orgs')).toMatchObject([{ login: 'acme-inc' }]);
  });
});

describe('a renamed user', () => {
  it('keeps the id and the node id; the old login is free at once', async () => {
    const stage = await Stage.set();
    const { nodeId } = stage.member;
    stage.world.renameUser(stage.member, 'somebody-new');
    expect((await stage.get('/users/a-member')).status).toBe(404);
    expect((await stage.get('/orgs/acme/members/a-member')).status).toBe(404);
    expect((await stage.get('/orgs/acme/members/somebody-new')).status).toBe(204);
    expect(await stage.json('/user/12')).toMatchObject({ login: 'somebody-new', node_id: nodeId });
  });

  it('may be followed by another who takes the login', async () => {
    const stage = await Stage.set();
    stage.world.renameUser(stage.member, 'somebody-new');
    stage.world.renameUser(stage.outsider, 'A-Member');
    expect(await stage.json('/users/a-member')).toMatchObject({ id: 13 });
    expect((await stage.get('/orgs/acme/members/a-member')).status).toBe(404);
  });

  it('may swap logins with another', async () => {
    const stage = await Stage.set();
    stage.world.swapLogins(stage.member, stage.outsider);
    expect(await stage.json('/users/outsider')).toMatchObject({ id: 12 });
    expect(await stage.json('/users/a-member')).toMatchObject({ id: 13 });
  });

  it('may change the case of the login only', async () => {
    const stage = await Stage.set();
    stage.world.renameUser(stage.member, 'A-Member');
    expect(await stage.json('/users/a-member')).toMatchObject({ id: 12, login: 'A-Member' });
  });
});

describe('the world', () => {
  it('refuses what is taken', () => {
    const world = new World();
    const user = world.addUser({ login: 'one', id: 1 });
    world.addOrganization({ login: 'two', id: 1 });
    expect(() => world.addUser({ login: 'ONE' })).toThrow('The login ONE is taken');
    expect(() => world.addUser({ login: 'three', id: 1 })).toThrow('The user id 1 is taken');
    expect(() => world.addOrganization({ login: 'three', id: 1 })).toThrow('id 1 is taken');
    expect(() => world.renameUser(user, 'two')).toThrow('The login two is taken');
    expect(world.user('one')).toBe(user);
  });

  it('is the same for the same seed, and another for another', () => {
    const logins = (seed: number) =>
      new World({ seed })
        .addOrganization({ login: 'acme', members: 50 })
        .members.map((one) => one.login);
    expect(logins(3)).toEqual(logins(3));
    expect(logins(3)).not.toEqual(logins(4));
  });

  it('shows node ids in the forms that GitHub uses for old and new accounts', () => {
    const world = new World();
    expect(world.addUser({ id: 1 }).nodeId).toBe('MDQ6VXNlcjE=');
    expect(world.addUser({ id: 117_207_040 }).nodeId).toBe('U_kgDOBvxwAA');
    expect(world.addUser({ id: 2 ** 33 }).nodeId).toBe('U_kgDPAAAAAgAAAAA');
    expect(world.node('U_kgDOAAAAAQ')).toBe(world.user(1));
  });

  it('shows a deleted user to nobody, and frees the login', async () => {
    const stage = await Stage.set();
    stage.world.deleteUser(stage.owner);
    expect((await stage.get('/user', OWNER)).status).toBe(401);
    expect((await stage.get('/user/11', null)).status).toBe(404);
    expect(stage.world.addUser({ login: 'owner' }).login).toBe('owner');
  });
});
