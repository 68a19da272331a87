import { describe, expect, it } from 'vitest';
import { DEMO_LOGIN, demoWorld, drift } from '../../src/simulator/demo-organization.js';
import { AWKWARD_NAMES } from '../../src/simulator/names.js';
import type { SimOrganization } from '../../src/simulator/organization.js';

function snapshot(organization: SimOrganization) {
  return organization
    .list()
    .map(({ user: { id, login, name, email }, role }) => ({ id, login, name, email, role }));
}

describe('the demo organization', () => {
  it('has 2,500 members, as various as people are', () => {
    const { organization } = demoWorld();
    const members = organization.list();
    const count = (test: (one: (typeof members)[number]) => boolean) => members.filter(test).length;
    expect([organization.login, members.length]).toEqual([DEMO_LOGIN, 2500]);
    expect(count(({ role }) => role === 'admin')).toBeGreaterThan(3);
    expect(count(({ user }) => user.name === null)).toBeGreaterThan(100);
    expect(count(({ user }) => user.email === null)).toBeGreaterThan(100);
    expect(count(({ user }) => !user.twoFactor)).toBeGreaterThan(20);
    expect(count(({ user }) => user.id > 2 ** 31)).toBeGreaterThan(20);
    const names = members.map(({ user }) => user.name).join('\n');
    for (const name of AWKWARD_NAMES) expect(names.includes(name), name).toBe(true);
    for (const script of [
      'Cyrillic',
      'Greek',
      'Arabic',
      'Hebrew',
      'Devanagari',
      'Thai',
      'Han',
      'Hangul',
      'Hiragana',
    ]) {
      expect(new RegExp(`\\p{Script=${script}}`, 'u').test(names), script).toBe(true);
    }
  });

  it('has collaborators, invitations, nested teams and identities, the same each time', () => {
    const [one, other] = [demoWorld({ members: 200 }), demoWorld({ members: 200 })].map(
      ({ organization: { collaborators, invitations, teams, identities } }) => ({
        collaborators: collaborators.list().map(({ id }) => id),
        pending: invitations.pending.map(({ id }) => id),
        failed: invitations.failed.map(({ id }) => id),
        teams: teams.list().map(({ slug, parent }) => [slug, parent?.slug]),
        identities: identities.list().map(({ saml }) => saml?.nameId),
      }),
    );
    expect(one).toEqual(other);
    expect(one?.collaborators).toHaveLength(24);
    expect([one?.pending.length, one?.failed.length]).toEqual([8, 2]);
    expect(one?.teams).toContainEqual(['databases', 'platform']);
    expect(one?.identities).toHaveLength(195);
  });

  it('has logins that GitHub allows, none twice', () => {
    const logins = demoWorld().organization.members.map(({ login }) => login);
    for (const login of logins) expect(login).toMatch(/^[a-z0-9](?:-?[a-z0-9]){0,38}$/i);
    expect(new Set(logins.map((login) => login.toLowerCase())).size).toBe(logins.length);
  });

  it('is read by an owner', () => {
    const { world, organization, token } = demoWorld({ members: 10 });
    expect(organization.size).toBe(10);
    expect(organization.membership(world.token(token)?.user)?.role).toBe('admin');
    expect(world.token(token)?.readsMembers).toBe(true);
  });

  it('drifts by a few of each kind of change, the same way each time', () => {
    const [one, other] = [demoWorld(), demoWorld()];
    const before = new Map(snapshot(one.organization).map((member) => [member.id, member]));
    drift(one.world, one.organization);
    drift(other.world, other.organization);
    const after = snapshot(one.organization);
    expect(after).toEqual(snapshot(other.organization));
    const stayed = after.filter(({ id }) => before.has(id));
    const changed = (key: 'login' | 'name' | 'email' | 'role') =>
      stayed.filter((member) => member[key] !== before.get(member.id)?.[key]).length;
    expect([after.length - stayed.length, before.size - stayed.length]).toEqual([6, 4]);
    expect([changed('login'), changed('role')]).toEqual([4, 4]);
    expect(changed('name') + changed('email')).toBeGreaterThan(2);
    const taken = stayed.filter(({ id, login }) =>
      [...before.values()].some((was) => was.login === login && was.id !== id),
    );
    expect(taken).toHaveLength(1);
    drift(one.world, one.organization);
    expect(snapshot(one.organization)).not.toEqual(after);
  });

  it('drifts however small it is', () => {
    const { world, organization } = demoWorld({ members: 1 });
    for (let count = 0; count < 20; count++) drift(world, organization);
    expect(organization.list({ role: 'admin' }).length).toBeGreaterThan(0);
  });
});
