import { describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { insertRows } from '../../src/platform/database/insert-rows.js';
import { AccessReview } from '../../src/reviews/access-reviews/access-review.entity.js';
import { AccessReviewItem } from '../../src/reviews/access-reviews/access-review-item.entity.js';
import { parseCsv } from '../support/csv.js';
import { makeRun } from '../support/make-run.js';
import { ways } from '../support/service.js';
import { signedIn, startWeb } from '../support/web.js';

const NOW = new Date('2026-01-01T00:00:00.000Z');
const DUE = '2100-03-31';

const memberOf = (integrationId: number, githubId: number, name = '') => ({
  ...{ integrationId, githubId, nodeId: `n${githubId}`, name, nameKey: '', email: '' },
  ...{ avatarUrl: '', role: 'member' as const, status: 'active' as const, present: true },
  ...{ joinedAt: NOW, updatedAt: NOW, login: `u${githubId}`, loginKey: `u${githubId}` },
});

/** What a browser shows, without the elements. */
const textOf = (html: string): string => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe.each(ways)('the pages of access reviews, $way', (way) => {
  async function start() {
    const service = await startWeb(way);
    const admin = await signedIn(service);
    const member = await signedIn(service, { role: 'member' });
    const { integrationId } = await makeRun(service, 'complete');
    const { manager } = service.dataSource;
    await manager.update(GithubIntegration, { id: integrationId }, { organizationLogin: 'acme' });
    const members = [memberOf(integrationId, 1, '<b>Ada</b>'), memberOf(integrationId, 2)];
    await insertRows(manager, Member, [...members, memberOf(integrationId, 3)]);
    const form = { name: 'First <i>quarter</i>', dueOn: DUE, integrations: `${integrationId}` };
    const begin = (more: Record<string, string> = {}) =>
      admin.post('/reviews', { ...form, ...more });
    const row = async (login: string) =>
      (await manager.findOneByOrFail(AccessReviewItem, { reviewId: 1, login })).id;
    return { service, admin, member, manager, begin, row };
  }

  it('start a review, decide, close it, and show the evidence', async () => {
    const { admin, begin, row, manager } = await start();
    expect((await admin.get('/reviews')).text).toContain('No review yet.');
    const started = await begin();
    expect([started.status, started.headers.get('location')]).toEqual([303, '/reviews/1']);
    const { text } = await admin.follow(started);
    expect(text).not.toContain('<b>Ada</b>');
    expect(text).not.toContain('<i>quarter</i>');
    expect(textOf(text)).toMatch(/The review of 3 people has started\..* All 3 Undecided 3 /);

    const one = await admin.post(`/reviews/1/decide?decision=undecided&row=${await row('u1')}`, {
      decision: 'keep',
    });
    expect(one.headers.get('location')).toBe('/reviews/1?decision=undecided');
    expect(textOf((await admin.follow(one)).text)).toContain('1 row is decided.');
    const chosen: [string, string][] = [
      ...[['chosen', `${await row('u2')}`] as const, ['chosen', `${await row('u1')}`] as const],
      ...[['decision', 'remove'] as const, ['reason', 'Left us'] as const],
    ].map(([name, value]) => [name, value]);
    expect((await admin.post('/reviews/1/decide', chosen)).status).toBe(303);
    expect((await admin.get('/reviews/1')).text).not.toContain('Close the review');
    await admin.post('/reviews/1/decide-all?decision=undecided', { decision: 'keep' });
    const done = await admin.get('/reviews/1?decision=remove&search=u2');
    expect(textOf(done.text)).toMatch(/3 of 3 decided .* Remove 1 .* Left us by admin@default/);

    expect((await admin.post('/reviews/1/close')).status).toBe(303);
    const closed = textOf((await admin.get('/reviews/1')).text);
    expect(closed).toContain('The review is closed.');
    expect(closed).toContain('0 have no access any more, 2 still have it.');
    const evidence = textOf((await admin.get('/reviews/1/evidence')).text);
    const { sha256 } = await manager.findOneByOrFail(AccessReview, { id: 1 });
    expect(evidence).toContain(`SHA-256 ${sha256}`);
    expect(evidence).toMatch(/3: 1 keep, 2 remove .* 4 entries, .* u1 .* Left us /);
    const json = await admin.get('/reviews/1/evidence/export?format=json');
    expect(JSON.parse(json.text)).toMatchObject({ sha256, items: { length: 3 } });
    for (const path of ['/reviews/1/evidence/export', '/reviews/1/export'])
      expect(parseCsv((await admin.get(path)).text), path).toHaveLength(4);
    expect(await manager.countBy(AuditEntry, { action: 'review.decide' })).toBe(3);
    const late = await admin.post('/reviews/1/decide-all', { decision: 'keep' });
    expect([late.status, textOf(late.text)]).toEqual([409, expect.stringContaining('is closed')]);
  });

  it('let a reviewer see and decide only their own rows', async () => {
    const { service, member, begin, row, manager } = await start();
    const { id } = await manager.findOneByOrFail(User, { email: 'member@default.example' });
    await begin();
    for (const path of ['/reviews/1', '/reviews/1/export', '/reviews/1/evidence'])
      expect([403, 404], path).toContain((await member.get(path)).status);
    expect((await member.get('/reviews')).text).not.toContain('/reviews/1');
    await manager.update(AccessReviewItem, { id: await row('u1') }, { reviewerId: id });
    const shown = textOf((await member.get('/reviews/1')).text);
    expect(shown).toMatch(/ All 1 Undecided 1 .* u1 /);
    expect(shown).not.toContain(' u2 ');
    expect((await member.get('/reviews')).text).toContain('/reviews/1');
    const decide = (chosen: number) =>
      member.post('/reviews/1/decide', { chosen: `${chosen}`, decision: 'keep' });
    expect((await decide(await row('u2'))).status).toBe(404);
    expect((await decide(await row('u1'))).status).toBe(303);
    const remove = { decision: 'remove', reason: 'All of them' };
    expect((await member.post('/reviews/1/decide-all', remove)).status).toBe(303);
    const rows = await manager.findBy(AccessReviewItem, { decision: 'remove' });
    expect(rows.map(({ login }) => login)).toEqual(['u1']);
    expect((await member.post('/reviews/1/close')).status).toBe(403);
    expect((await member.post('/reviews', {})).status).toBe(403);
    expect((await member.get('/reviews/1/evidence')).status).toBe(403);
    const other = await signedIn(service, { team: 'others' });
    expect((await other.get('/reviews/1')).status).toBe(404);
  });

  it('say what is wrong, and keep what was typed', async () => {
    const { admin, begin } = await start();
    for (const [wrong, words] of [
      [{ name: '' }, 'A review has a name'],
      [{ integrations: 'x' }, 'No organization is chosen.'],
      [{ dueOn: '2020-01-01' }, 'is no day from today on'],
    ] as const) {
      const { status, text } = await begin(wrong);
      expect([status, text]).toEqual([422, expect.stringContaining(words)]);
      if (!('name' in wrong)) expect(text).toContain('First &lt;i&gt;quarter');
    }
    await begin();
    const noReason = await admin.post('/reviews/1/decide-all', { decision: 'remove' });
    expect([noReason.status, noReason.text]).toEqual([
      422,
      expect.stringContaining('needs a reason'),
    ]);
    const nobody = await admin.post('/reviews/1/decide', { decision: 'keep' });
    expect(nobody.status).toBe(422);
    expect((await admin.post('/reviews/1/decide-all', { decision: 'maybe' })).status).toBe(422);
    expect((await admin.post('/reviews/1/close')).status).toBe(409);
    expect((await admin.get('/reviews/1/evidence')).status).toBe(409);
    expect((await admin.get('/reviews/99')).status).toBe(404);
  });
});
