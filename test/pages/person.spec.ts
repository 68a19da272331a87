import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { connect, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { listenTo } from '../support/statements.js';
import { signedIn } from '../support/web.js';
import { afterLeaving, startPages } from './support/pages.js';

const DAY = 86_400_000;

/** The history of a person, as text without marks. */
const eventsIn = (text: string): string[] =>
  text
    .split(/<li id="event-/)
    .slice(1)
    .map((item) =>
      item
        .slice(item.indexOf('>') + 1, item.indexOf('</li>'))
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );

const linkIn = (text: string, words: string): string =>
  new RegExp(`href="([^"]+)">${words}<`).exec(text)?.[1]?.replaceAll('&#x3D;', '=') ?? '';

/** A renamed person who is now disabled by hand, and their page. */
async function started(way: (typeof ways)[number] = ways[0]) {
  const stage = await startPages(way);
  const { service, integration, world, others, admin, of } = stage;
  const first = await syncToEnd(service, integration.id);
  const [person] = others;
  if (!person) throw new Error('The organization is too small.');
  const former = person.login;
  world.renameUser(person, 'mara-lindqvist');
  const second = await syncToEnd(service, integration.id);
  const { manager } = service.dataSource;
  const member = await manager.findOneByOrFail(Member, { githubId: person.id });
  const page = `${of}/members/${member.id}`;
  await admin.post(`${page}/disable`, { back: page });
  return { ...stage, person, former, first, second, manager, member, page };
}

describe.each(ways)('the page of a person, $way', (way) => {
  it('shows what GitHub shows, the standing, and every change with its run or its maker', async () => {
    const { admin, page, former, first, second, runs, person } = await started(way);
    const { text, status } = await admin.get(page);
    expect(status).toBe(200);
    for (const shown of [
      ...['API tokens', 'admin@default.example: your account'],
      ...['mara-lindqvist', String(person.id), 'Disabled', 'Enable<span'],
      ...['The history is kept from the first sync on.', 'Not reported by GitHub'],
    ])
      expect(text).toContain(shown);
    expect(text).toMatch(/by <bdi>admin@default\.example<\/bdi>, <time/);
    const [disabled, renamed, joined, ...others] = eventsIn(text);
    expect(others).toEqual([]);
    expect(disabled).toMatch(/^Disabled Status active → disabled .* by admin@default\.example$/);
    expect(renamed).toMatch(
      new RegExp(`^Renamed Login ${former} → mara-lindqvist .* Run ${second.id}$`),
    );
    expect(joined).toMatch(new RegExp(`^Joined .* Run ${first.id}$`));
    expect(text).toContain(`href="${runs}/${second.id}"`);
    expect(text).not.toContain('Also in');
  });

  it('is short of statements, also for somebody with ten thousand changes, which come in pages', async () => {
    const { service, admin, page, manager, member, integration, second } = await started(way);
    const { githubId } = member;
    const row = { integrationId: integration.id, runId: second.id, githubId, login: 'mara' };
    const madeAt = new Date(Date.now() - 30 * DAY);
    for (let i = 0; i < 10; i++)
      await manager.insert(
        MemberChange,
        Array.from({ length: 1_000 }, (_, n) => ({
          ...{ ...row, kind: 'profile' as const, madeAt, madeBy: null },
          ...{ before: { name: `${i}-${n}` }, after: { name: `${i}-${n + 1}` } },
        })),
      );
    const newest = (await admin.get(page)).text;
    expect(eventsIn(newest)).toHaveLength(50);
    const said = listenTo(service.dataSource);
    const older = (await admin.get(linkIn(newest, 'Older'))).text;
    expect(said.filter((sql) => !/^(BEGIN|START|COMMIT)/.test(sql)).length).toBeLessThanOrEqual(11);
    expect(eventsIn(older)).toHaveLength(50);
    expect(eventsIn(newest).filter((event) => eventsIn(older).includes(event))).toEqual([]);
    expect(linkIn(older, 'Newest')).toBe(page);
  });
});

it('says where the kept history begins, and calls an undo what it is', async () => {
  const { service, integration, leavers, run, admin, of, runs } = await afterLeaving(1);
  const { manager } = service.dataSource;
  const [leaver] = leavers;
  const member = await manager.findOneByOrFail(Member, { githubId: leaver?.id });
  await admin.post(`${runs}/${run.id}/undo`);
  const changesPrunedUntil = new Date('2026-03-01T12:00:00Z');
  await manager.update(GithubIntegration, { id: integration.id }, { changesPrunedUntil });
  await manager.delete(MemberChange, { kind: 'joined' });
  const { text } = await admin.get(`${of}/members/${member.id}`);
  const [again, left, ...others] = eventsIn(text);
  expect(others).toEqual([]);
  expect(again).toMatch(/^Active again .*by admin@default\.example$/);
  expect(left).toMatch(/^Left Status active → left On GitHub yes → no /);
  expect(text).toMatch(/The kept history begins <time datetime="2026-03-01T12:00:00.000Z"/);
});

it('is one person in all organizations of the team, and in none of another team', async () => {
  const { service, page, person, world, admin, manager, token, owner } = await started();
  const second = world.addOrganization({ login: 'acme-labs' });
  const foreign = world.addOrganization({ login: 'foreign' });
  for (const organization of [second, foreign]) {
    organization.join(owner, { role: 'admin' });
    organization.join(person);
  }
  const other = await signedIn(service, { team: 'others' });
  const team = await service.dataSource.query("SELECT id FROM teams WHERE slug = 'others'");
  const labs = await connect(service, token, { organization: 'acme-labs' });
  const theirs = await connect(service, token, { organization: 'foreign', teamId: team[0].id });
  for (const { id } of [labs, theirs]) await syncToEnd(service, id);
  const inLabs = await manager.findOneByOrFail(Member, {
    integrationId: labs.id,
    githubId: person.id,
  });
  const { text } = await admin.get(page);
  expect(text).toMatch(
    new RegExp(
      `Also in[\\s\\S]*href="/integrations/github/${labs.id}/members/${inLabs.id}">acme-labs<[\\s\\S]*Active, first seen`,
    ),
  );
  expect(text).not.toContain('foreign');
  expect((await other.get(page)).status).toBe(404);
  expect((await admin.get(page.replace(/\d+$/, `${inLabs.id}`))).status).toBe(404);
});

it('is for members of the team to read, and its buttons lead back to it', async () => {
  const { service, admin, page } = await started();
  const reader = await signedIn(service, { role: 'member' });
  const { text } = await reader.get(page);
  expect(text).not.toMatch(/Enable<span|this person/);
  const enabled = await admin.post(`${page}/enable`, { back: page });
  expect(enabled.headers.get('location')).toBe(page);
  expect((await admin.follow(enabled)).text).toContain('is active again.');
});

it('is where every list of people leads to', async () => {
  const { admin, page, of, runs, second, service, integration, leave } = await withHeld();
  const people = await service.dataSource.manager.findBy(Member, { integrationId: integration.id });
  const pageOf = (githubId: number) =>
    `${of}/members/${people.find((one) => one.githubId === githubId)?.id}`;
  for (const list of [
    ...[`${of}/members?status=disabled`, `${runs}/${second.id}`, `${runs}/${second.id}/changes`],
    ...[runs, `${of}/members/diff?from=${second.requestedAt.toISOString()}`],
  ])
    expect({ list, text: (await admin.get(list)).text }).toMatchObject({
      text: expect.stringContaining(`href="${page}"`),
    });
  const { id, leavers } = await leave();
  const { text } = await admin.get(`${runs}/${id}`);
  for (const { id } of leavers) expect(text).toContain(`href="${pageOf(id)}"`);
});

async function withHeld() {
  const stage = await started();
  const { service, integration, organization, world } = stage;
  const newcomers = Array.from({ length: 8 }, () => world.addUser());
  for (const one of newcomers) organization.join(one);
  await syncToEnd(service, integration.id);
  const leave = async () => {
    for (const one of newcomers) organization.leave(one);
    return { id: (await syncToEnd(service, integration.id)).id, leavers: newcomers };
  };
  return { ...stage, leave };
}
