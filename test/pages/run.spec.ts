import { describe, expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { connect, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

const first = <T>([one]: T[]): T => {
  if (one === undefined) throw new Error('There is none.');
  return one;
};

const changes = (text: string): number => text.match(/<li class="change /g)?.length ?? 0;

describe.each(ways)('the page of a run, $way', (way) => {
  it('shows what it changed by kind, before and after', async () => {
    const context = await startPages({ ...way, members: 14 });
    const { service, integration, admin, runs, organization, world, others } = context;
    const joined = await syncToEnd(service, integration.id);
    const text = (await admin.get(`${runs}/${joined.id}`)).text;
    expect(text).toMatch(/id="changes-joined"[^>]*>Joined\s*<span[^>]*>14</);
    expect(changes(text)).toBe(10);
    expect(text).toContain(`href="${runs}/${joined.id}/changes?kind=joined"`);
    expect(changes((await admin.get(`${runs}/${joined.id}/changes?kind=joined`)).text)).toBe(14);

    const [gone, renamed, promoted, profiled] = others;
    if (!gone || !renamed || !promoted || !profiled) throw new Error('There are too few.');
    const { login: oldLogin } = renamed;
    organization.leave(gone);
    world.renameUser(renamed, 'a-new-login');
    organization.setRole(promoted, 'admin');
    profiled.name = '<script>alert(1)</script>';
    const run = await syncToEnd(service, integration.id);
    const page = (await admin.get(`${runs}/${run.id}`)).text;
    for (const title of ['Left', 'Renamed', 'Role', 'Profile'])
      expect(page).toMatch(new RegExp(`>${title}\\s*<span[^>]*>1<`));
    expect(page).toMatch(new RegExp(`${oldLogin}</bdi>[\\s\\S]{0,120}<bdi>a-new-login<`));
    expect(page).toMatch(/Role<\/dt>\s*<dd>\s*<bdi[^>]*>member<\/bdi>[\s\S]{0,120}<bdi>admin</);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script>alert');
  });

  it('undoes what the run did to standing, having said so', async () => {
    const { service, integration, admin, page, runs, organization, world, others } =
      await startPages({
        ...way,
        members: 14,
      });
    const gone = first(others);
    const { collaborators, teams } = organization;
    const outside = [world.addUser(), world.addUser()];
    for (const user of outside) collaborators.add(user);
    const old = teams.create('Old');
    teams.add(old, gone);
    await syncToEnd(service, integration.id);
    organization.leave(gone);
    for (const user of outside) collaborators.remove(user);
    teams.delete(old);
    const run = await syncToEnd(service, integration.id);
    const before = (await admin.get(`${runs}/${run.id}`)).text;
    expect(before).toMatch(/1 person who left will become active again\.[\s\S]*Undo this run/);
    const question = (await admin.get(`${runs}/${run.id}/undo`)).text;
    expect(question).toMatch(/Undo run 2\?<[\s\S]*1 person who left will become active again\./);
    expect(question).toMatch(/\.\s+2 outside collaborators who were removed will be back\./);
    expect(question).toMatch(/1 GitHub team will[^.]*\.\s+1 membership of GitHub teams will/);
    const answer = await admin.post(`${runs}/${run.id}/undo`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${runs}/${run.id + 1}`]);
    const undone = (await admin.follow(answer)).text;
    expect(undone).toMatch(new RegExp(`Undo of\\s+<a[^>]*href="${runs}/${run.id}">run ${run.id}<`));
    expect(undone).toMatch(/>Active again\s*<span[^>]*>1</);
    for (const title of ['Teams that exist again', 'In a team again'])
      expect(undone).toMatch(new RegExp(`>${title}\\s*<span[^>]*>1<`));
    expect(undone).toMatch(/by <bdi>admin@default\.example<\/bdi>, <time/);
    expect(undone).not.toMatch(/On GitHub<|members? on GitHub|Returned/);
    const where = { githubId: gone.id, status: 'active' } as const;
    expect(await service.dataSource.manager.countBy(Member, where)).toBe(1);
    expect((await admin.get(page)).text).toMatch(
      new RegExp(`Run ${run.id} was undone by <bdi>admin@default\\.example`),
    );
    const link = new RegExp(
      `Undone by <bdi>admin@default\\.example</bdi> in\\s+<a[^>]*href="${runs}/${run.id + 1}">run ${run.id + 1}<`,
    );
    for (const path of [runs, `${runs}/${run.id}`])
      expect((await admin.get(path)).text).toMatch(link);
    expect((await admin.get(`${runs}/${run.id}/undo`)).text).toContain('left to undo');
    expect((await admin.get(runs)).text).toContain(`undo of run ${run.id}`);
    expect((await admin.get(`${runs}/${run.id}`)).text).not.toContain('Undo this run');
    const again = await admin.post(`${runs}/${run.id}/undo`);
    expect([again.status, again.text.includes('Nothing of this run is left to undo')]).toEqual([
      409,
      true,
    ]);
  });
});

describe.each(ways)('runs, $way', (way) => {
  it('are counted within the organization, and lead to those before and after', async () => {
    const { service, integration, admin, runs, world, owner, token } = await startPages(way);
    world.addOrganization({ login: 'other' }).join(owner);
    const other = await connect(service, token, { organization: 'other' });
    await syncToEnd(service, other.id);
    const one = await syncToEnd(service, integration.id);
    await syncToEnd(service, other.id);
    const two = await syncToEnd(service, integration.id);
    const three = await syncToEnd(service, integration.id);
    expect([one, two, three].map(({ number }) => number)).toEqual([1, 2, 3]);
    const { text } = await admin.get(`${runs}/${two.id}`);
    expect(text).toContain('<title data-page="Run 2 of acme');
    expect(text).toMatch(
      /Integrations<[\s\S]*>acme<[\s\S]*>History<[\s\S]*aria-current="page">Run 2</,
    );
    expect(text).toMatch(
      new RegExp(`href="${runs}/${one.id}"\\s+aria-label="Previous run: run 1"`),
    );
    expect(text).toMatch(new RegExp(`href="${runs}/${three.id}"\\s+aria-label="Next run: run 3"`));
    expect((await admin.get(`${runs}/${one.id}`)).text).not.toContain('Previous run');
    expect((await admin.get(`${runs}/${three.id}`)).text).not.toContain('Next run');
  });
});

describe('the page of a run', () => {
  it('lets only admins of the team undo it', async () => {
    const { service, integration, runs } = await startPages();
    const run = await syncToEnd(service, integration.id);
    const member = await signedIn(service, { role: 'member' });
    expect((await member.post(`${runs}/${run.id}/undo`)).status).toBe(403);
    expect((await member.get(`${runs}/${run.id}/undo`)).status).toBe(403);
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.post(`${runs}/${run.id}/undo`)).status).toBe(404);
    expect((await stranger.get(`${runs}/${run.id}/undo`)).status).toBe(404);
    expect((await stranger.get(`${runs}/${run.id}/changes`)).status).toBe(404);
  });

  it('pages through many changes of a kind', async () => {
    const { service, integration, admin, runs, organization } = await startPages({
      members: 120,
    });
    const run = await syncToEnd(service, integration.id);
    const all = `${runs}/${run.id}/changes`;
    const { text } = await admin.get(`${all}?kind=joined`);
    expect(changes(text)).toBe(100);
    const [, after] = /kind&#x3D;joined&amp;after&#x3D;(\d+)"\s*>Next page/.exec(text) ?? [];
    const last = (await admin.get(`${all}?kind=joined&after=${after}`)).text;
    expect([changes(last), last.includes('Next page')]).toEqual([20, false]);
    const { login = '' } = organization.members.at(-1) ?? {};
    const one = (await admin.get(`${all}?person=${login}`)).text;
    expect([changes(one), one.includes('>Joined</p>')]).toEqual([1, true]);
    expect(changes((await admin.get(`${all}?person=${login}&kind=left`)).text)).toBe(0);
    const csv = (await admin.get(`${all}/export?kind=joined`)).text.trim().split('\r\n');
    expect(csv).toHaveLength(121);
    expect(csv[0]).toMatch(
      /id,githubId,login,kind,before,after,madeBy,madeAt,githubTeamId,invitationId$/,
    );
    const json = (await admin.get(`${all}/export?format=json&person=${login}`)).text;
    expect(JSON.parse(json)).toMatchObject([{ login, kind: 'joined', before: null }]);
    for (const query of ['?kind=none', '?kind=left', '?after=x', '?kind=a&kind=b'])
      expect((await admin.get(all + query)).status).toBe(200);
  });
});
