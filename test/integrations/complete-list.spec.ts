import { describe, expect, it } from 'vitest';
import type { GithubClient } from '../../src/github/client/github-client.js';
import { GithubClients } from '../../src/github/client/github-clients.js';
import type { ClientOptions } from '../../src/github/client/github-transport.js';
import { Member } from '../../src/members/member.entity.js';
import type { SimRequest } from '../../src/simulator/exchange.js';
import { GRAPHQL, MEMBER_PAGES, moreIdsThan, PROFILES } from '../../src/simulator/faults.js';
import { startConnected, syncToEnd } from '../support/runs.js';
import { type Service, ways } from '../support/service.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };

/** Page `n` of the list of everybody, not of those with a role. */
const page = (n: number) => new RegExp(`/members\\?(?!.*(role|filter)=).*\\bpage=${n}\\b`);

/** Gives up after 2 s instead of 20. */
class Impatient extends GithubClients {
  override for(access: ClientOptions): GithubClient {
    return super.for({ ...access, isUrgent: true });
  }
}

describe.each(ways)('a list of members is proven complete, $way', (way) => {
  async function start(members: number) {
    const connected = await startConnected(members, {
      ...way,
      override: (builder) => builder.overrideProvider(GithubClients).useClass(Impatient),
    });
    const sync = () => syncToEnd(connected.service, connected.integration.id);
    return { ...connected, sync };
  }

  const active = async ({ dataSource }: Service) =>
    (await dataSource.manager.findBy(Member, { status: 'active' }))
      .map(({ githubId }) => githubId)
      .sort((a, b) => a - b);

  it('reads an unchanged list for nothing, and still looks at everybody', async () => {
    const { service, simulator, sync } = await start(1_000);
    await sync();
    const before = await service.dataSource.manager.find(Member, { order: { id: 'ASC' } });
    simulator.requests.reset();
    const run = await sync();
    expect(run.result).toMatchObject({ unchanged: 1_000, updated: 0, created: 0, total: 1_000 });
    const { entries } = simulator.requests;
    const list = entries.filter(({ path }) => /members\?(?!.*(role|filter)=)/.test(path));
    expect(list.map(({ status }) => status)).toEqual(list.map(() => 304));
    expect(list.length).toBeLessThanOrEqual(20);
    expect(list.some(({ charged }) => charged)).toBe(false);
    // Of them, 10 for profiles, and 10 for verified addresses.
    expect(entries.length - list.length).toBeLessThanOrEqual(36);
    expect(run.githubNotModified).toBe(list.length);
    expect(await service.dataSource.manager.find(Member, { order: { id: 'ASC' } })).toEqual(before);
  });

  it('finds a name, an address and a role that changed while the list did not', async () => {
    const { organization, sync, service } = await start(250);
    await sync();
    const [named, addressed, promoted] = organization.members;
    if (!named || !addressed || !promoted) throw new Error('There are too few members.');
    named.name = 'Somebody Else';
    addressed.email = 'new@example.com';
    organization.setRole(promoted, 'admin');
    expect((await sync()).result).toMatchObject({ updated: 3, unchanged: 247 });
    const find = (githubId: number) => service.dataSource.manager.findOneBy(Member, { githubId });
    expect(await find(named.id)).toMatchObject({ name: 'Somebody Else' });
    expect(await find(addressed.id)).toMatchObject({ email: 'new@example.com' });
    expect(await find(promoted.id)).toMatchObject({ role: 'admin' });
  });

  it.each([2, 5, 9])(
    'loses and doubles nobody who moves between pages while page %i is read',
    async (n) => {
      const { organization, world, owner, simulator, service, sync } = await start(950);
      await sync();
      const others = organization.members.filter((user) => user !== owner);
      simulator.faults.on(page(n)).before(() => {
        for (const user of others.slice(0, 7)) organization.leave(user);
        for (let i = 0; i < 4; i++) organization.join(world.addUser({ id: i + 1 }));
      });
      const run = await sync();
      expect(run).toMatchObject({ state: 'complete' });
      const { created, updated, unchanged, failed, total } = run.result ?? {};
      expect((created ?? 0) + (updated ?? 0) + (unchanged ?? 0) + (failed ?? 0)).toBe(total);
      const truth = organization.members.map(({ id }) => id);
      expect(await active(service)).toEqual(expect.arrayContaining(truth));
      // Who was seen before they left goes with the next run at the latest.
      await sync();
      expect(await active(service)).toEqual(truth);
      expect(await service.dataSource.manager.count(Member)).toBe(954);
    },
  );

  it('grows with a list whose last page was full', async () => {
    const { organization, world, service, sync } = await start(300);
    await sync();
    organization.join(world.addUser({ id: 2 ** 40 }));
    expect((await sync()).result).toMatchObject({ created: 1, unchanged: 300, total: 301 });
    expect(await service.dataSource.manager.count(Member)).toBe(301);
  });

  it('grows from one full page to two', async () => {
    const { organization, world, sync } = await start(100);
    await sync();
    organization.join(world.addUser({ id: 2 ** 40 }));
    expect((await sync()).result).toMatchObject({ created: 1, total: 101 });
  });

  it('shrinks with it', async () => {
    const { organization, owner, service, sync } = await start(310);
    await sync();
    const leavers = organization.members.filter((user) => user !== owner).slice(-30);
    for (const user of leavers) organization.leave(user);
    expect((await sync()).result).toMatchObject({ deactivated: 30, total: 280 });
    expect((await sync()).result).toMatchObject({ deactivated: 0, unchanged: 280, total: 280 });
    expect(await active(service)).toHaveLength(280);
  });

  it('removes nobody where a page in the middle stays empty', async () => {
    const { simulator, service, organization, world, sync } = await start(950);
    await sync();
    organization.join(world.addUser({ id: 1 }));
    simulator.faults.on(page(4), ALWAYS).rewrite(() => []);
    expect(await sync()).toMatchObject({ state: 'error', errorCode: 'listing_incomplete' });
    expect(await active(service)).toHaveLength(951);
  });

  it('removes nobody where the list leaves members out time and again', async () => {
    const { simulator, service, organization, world, sync } = await start(950);
    await sync();
    organization.join(world.addUser({ id: 1 }));
    simulator.faults
      .on(page(4), ALWAYS)
      .rewrite((people: unknown[] | null) => people?.slice(3) ?? null);
    expect(await sync()).toMatchObject({ state: 'error', errorCode: 'listing_incomplete' });
    expect(await active(service)).toHaveLength(951);
  });

  it("removes nobody where the membership of the token's owner ends while the list is read", async () => {
    const { organization, owner, simulator, service, sync } = await start(950);
    const concealed = organization.members.slice(810, 850);
    for (const user of organization.members)
      organization.setPublic(user, !concealed.includes(user));
    await sync();
    for (const user of organization.members.slice(0, 3)) user.name = 'Another';
    // The owner was seen before that page, where the concealed members would be.
    expect(organization.members.indexOf(owner)).toBeLessThan(800);
    simulator.faults.on(page(9)).before(() => organization.leave(owner));
    expect(await sync()).toMatchObject({ state: 'error', errorCode: 'visibility_reduced' });
    expect(await active(service)).toHaveLength(950);
    expect(await service.dataSource.manager.countBy(Member, { status: 'left' })).toBe(0);
  });

  it('is not begun where it claims to have more pages than there are people', async () => {
    const { simulator, sync } = await start(250);
    const link = `<${simulator.url}/organizations/1/members?page=2147483648>; rel="last"`;
    simulator.faults
      .on(MEMBER_PAGES, ALWAYS)
      .change((answer) => ({ ...answer, headers: { ...answer.headers, link } }));
    expect(await sync()).toMatchObject({ state: 'error', errorCode: 'github_answer_invalid' });
  });

  it('removes somebody who left, whoever has their login now', async () => {
    const { organization, world, owner, service, sync } = await start(120);
    await sync();
    const [leaver, heir, renamed] = organization.members.filter((user) => user !== owner);
    if (!leaver || !heir || !renamed) throw new Error('There are too few members.');
    const { login } = leaver;
    organization.leave(leaver);
    world.renameUser(leaver, 'somewhere-else');
    world.renameUser(heir, login);
    organization.leave(renamed);
    world.deleteUser(renamed);
    expect((await sync()).result).toMatchObject({ deactivated: 2, updated: 1, total: 118 });
    const gone = await service.dataSource.manager.findBy(Member, { status: 'left' });
    expect(gone.map(({ githubId }) => githubId).sort()).toEqual([leaver.id, renamed.id].sort());
  });

  it('asks about leavers while profiles are still read', async () => {
    const { organization, owner, simulator, service, sync } = await start(250);
    await sync();
    const leaver = organization.members.find((user) => user !== owner);
    if (!leaver) throw new Error('There are too few members.');
    organization.leave(leaver);
    const profiles = simulator.faults.on(moreIdsThan(1), ALWAYS).hold();
    simulator.faults
      .on(new RegExp(`/orgs/acme/members/${leaver.login}$`))
      .before(() => profiles.release());
    expect((await sync()).result).toMatchObject({ deactivated: 1, unchanged: 249, total: 249 });
    const [gone] = await service.dataSource.manager.findBy(Member, { status: 'left' });
    expect(gone?.githubId).toBe(leaver.id);
    const { entries } = simulator.requests;
    expect(entries.filter(({ path }) => path.endsWith(`/${leaver.login}`))).toHaveLength(1);
  });

  it.each([
    ['cut JSON', 'github_answer_invalid', (s: Github) => s.faults.on(page(4), ALWAYS).cutJson()],
    [
      'a page of HTML',
      'github_answer_invalid',
      (s: Github) => s.faults.on(page(4), ALWAYS).html(200),
    ],
    [
      'ids that are strings',
      'github_answer_invalid',
      (s: Github) =>
        s.faults
          .on(page(4), ALWAYS)
          .rewrite((people: { id: number }[]) =>
            people.map((one) => ({ ...one, id: `${one.id}` })),
          ),
    ],
    [
      'a connection that is cut',
      'github_unavailable',
      (s: Github) => s.faults.on(page(4), ALWAYS).drop('midway'),
    ],
    [
      'a page that never comes',
      'organization_not_found',
      (s: Github) => s.faults.on(page(4), ALWAYS).status(404),
    ],
    [
      'profiles with an error in them',
      'github_unavailable',
      (s: Github) =>
        s.faults.on(PROFILES, { after: 5, ...ALWAYS }).rewrite((body: object) => ({
          ...body,
          errors: [{ type: 'INTERNAL', path: ['nodes', 3], message: 'Something went wrong.' }],
        })),
    ],
    [
      'fewer profiles than were asked for',
      'github_answer_invalid',
      (s: Github) =>
        s.faults.on(PROFILES, { after: 5, ...ALWAYS }).rewrite((body: { data: { nodes: [] } }) => ({
          data: { nodes: body.data.nodes.slice(1) },
        })),
    ],
  ] as const)('keeps what was learnt and removes nobody after %s', async (_, code, breakIt) => {
    const { simulator, service, organization, owner, sync } = await start(950);
    await sync();
    for (const user of organization.members.slice(0, 3))
      if (user !== owner) organization.leave(user);
    for (const user of organization.members) user.name = `${user.login} the Second`;
    breakIt(simulator);
    const run = await sync();
    expect(run).toMatchObject({ state: 'error', errorCode: code });
    expect(run.result?.updated).toBeGreaterThan(100);
    expect(await active(service)).toHaveLength(950);
  });

  it('asks for fewer profiles at a time where GitHub does not manage', async () => {
    const { simulator, service, sync } = await start(350);
    const isLarge = (request: SimRequest): boolean => {
      const { ids = [] } = (request.graphql?.variables ?? {}) as { ids?: string[] };
      return GRAPHQL(request) && ids.length > 25;
    };
    const tooMany = simulator.faults.on(isLarge, ALWAYS).status(504);
    expect(await sync()).toMatchObject({ state: 'complete' });
    expect(tooMany.happened).toBeGreaterThan(0);
    // Profiles and verified addresses learn it each.
    expect(tooMany.happened).toBeLessThan(20);
    expect(await active(service)).toHaveLength(350);
  });

  it('is not sent on to another host with the token', async () => {
    const { simulator, organization, service, sync } = await start(250);
    const list = `https://elsewhere.example/organizations/${organization.id}/members?per_page=100`;
    const link = `<${list}&page=2>; rel="next", <${list}&page=3>; rel="last"`;
    simulator.faults
      .on(/^GET \/orgs\/acme\/members\?(?!.*(role|filter)=)/, ALWAYS)
      .change((answer) => ({ ...answer, headers: { ...answer.headers, link } }));
    simulator.faults.on(/members\?.*role=admin/, ALWAYS).status(200, []);
    expect(await sync()).toMatchObject({ state: 'complete' });
    expect(await active(service)).toHaveLength(250);
  });
});

type Github = Awaited<ReturnType<typeof startConnected>>['simulator'];
