import { describe, expect, it } from 'vitest';
import { Random } from '../../src/simulator/random.js';
import { Stage } from './support/stage.js';

const MEMBERS = '/orgs/acme/members?per_page=100';

function change({ organization, owner, world }: Stage, random: Random): void {
  const user = random.pick(organization.members.filter((one) => one !== owner));
  const changes = [
    () => organization.join(world.addUser()),
    () => organization.leave(user),
    () => organization.setRole(user, random.pick(['admin', 'member'])),
    () => world.renameUser(user, world.freeLogin('renamed')),
    () => {
      user.twoFactor = !user.twoFactor;
    },
  ];
  random.pick(changes)();
}

async function listed(stage: Stage, filter: string): Promise<unknown[]> {
  const pages = [1, 2, 3].map((page) => stage.logins(`${MEMBERS}${filter}&page=${page}`));
  return (await Promise.all(pages)).flat();
}

describe('what is kept to be fast', () => {
  it('is never stale, whatever changes', async () => {
    const stage = await Stage.set(120);
    const random = new Random(5);
    for (let round = 0; round < 60; round++) {
      change(stage, random);
      const all = [...stage.organization.members].sort((one, other) => one.id - other.id);
      const role = (login: string) =>
        stage.organization.membership(stage.world.user(login))?.role === 'admin';
      expect(all).toHaveLength(stage.organization.size);
      const logins = all.map(({ login }) => login);
      expect(await listed(stage, '')).toEqual(logins);
      expect(await listed(stage, '&role=admin')).toEqual(logins.filter(role));
      expect(await listed(stage, '&filter=2fa_disabled')).toEqual(
        all.filter(({ twoFactor }) => !twoFactor).map(({ login }) => login),
      );
    }
  });

  it('keeps the tag of a page while another page changes', async () => {
    const stage = await Stage.set(250);
    const etag = async (page: number) =>
      (await stage.get(`${MEMBERS}&page=${page}`)).headers.get('etag');
    const before = [await etag(1), await etag(3)];
    const [last] = stage.organization.members.slice(-1);
    if (last) stage.world.renameUser(last, 'renamed');
    expect(await etag(1)).toBe(before[0]);
    expect(await etag(3)).not.toBe(before[1]);
  });

  it('may be a short log that still counts everything', async () => {
    const stage = await Stage.set(0, { mostLogEntries: 3 });
    for (let count = 0; count < 20; count++) await stage.get('/rate_limit');
    await stage.get('/user');
    const { entries, total, charged } = stage.simulator.requests;
    expect([total, charged]).toEqual([21, 1]);
    expect(entries.length).toBeLessThan(6);
    expect(entries.at(-1)?.path).toBe('/user');
  });
});
