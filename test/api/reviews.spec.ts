import { beforeEach, describe, expect, it } from 'vitest';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { Team } from '../../src/accounts/users/team.entity.js';
import { User } from '../../src/accounts/users/user.entity.js';
import type { EvidenceResponse } from '../../src/api/access-reviews/evidence.response.js';
import type { ReviewResponse } from '../../src/api/access-reviews/review.response.js';
import type {
  DecidedResponse,
  ReviewItemResponse,
} from '../../src/api/access-reviews/review-item.response.js';
import type { Page } from '../../src/api/shared/page.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { TeamDeletion } from '../../src/integrations/team-deletion/team-deletion.js';
import { GithubTeam } from '../../src/members/github-teams/github-team.entity.js';
import { DAY_MS } from '../../src/platform/dates.js';
import { AccessReview } from '../../src/reviews/access-reviews/access-review.entity.js';
import { AccessReviewItem } from '../../src/reviews/access-reviews/access-review-item.entity.js';
import { evidenceHash } from '../../src/reviews/access-reviews/evidence-hash.js';
import { parseCsv } from '../support/csv.js';
import { makePerson } from '../support/people.js';
import { ways } from '../support/service.js';
import { type Api, connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

const PATH = '/api/v1/reviews';
const DUE = { dueOn: '2100-03-31' };

/** `acme` with an owner, members in nested teams, an outside collaborator and a people list. */
async function stage(way?: (typeof ways)[number]) {
  const started = await connected({ ...way, members: 1 });
  const { api, app, id, world, organization, owner, token, dataSource } = started;
  world.addToken({ token, user: owner, scopes: ['admin:org', 'read:user'] });
  const join = (login: string) => {
    const user = world.addUser({ login, name: login === 'ada' ? 'Ada L' : '' });
    organization.join(user);
    return user;
  };
  const [ada, bob] = [join('ada'), join('bob')];
  join('cy');
  const engineering = organization.teams.create('Engineering');
  organization.teams.add(organization.teams.create('Platform', { parent: engineering }), ada);
  organization.identities.link(bob, { nameId: 'bob@corp.example' });
  organization.collaborators.add(world.addUser({ login: 'outsider' }));
  await finishedRun(api, id);
  const people = [
    {
      email: 'ada@corp.example',
      githubLogin: 'ada',
      name: 'Ada',
      managerEmail: 'mia@corp.example',
    },
    { email: 'bob@corp.example', name: 'Bob', managerEmail: 'max@corp.example' },
  ];
  await api.call('PUT', '/api/v1/people-list', { body: { people } });
  const start = (body: object = {}) =>
    api.post<ReviewResponse>(PATH, { name: 'Q1', integrationIds: [id], ...DUE, ...body });
  const userId = async (email: string) => {
    await makePerson(app, { email, role: 'member', teamSlug: 'default' });
    return (await dataSource.manager.findOneByOrFail(User, { email })).id;
  };
  return { ...started, ...reading(api), join, ada, start, userId };
}

const reading = (api: Api) => ({
  items: async (review: number, query = '') =>
    (await api.get<Page<ReviewItemResponse>>(`${PATH}/${review}/items${query}`)).body.items,
  decide: (review: number, body: object) =>
    api.patch<DecidedResponse>(`${PATH}/${review}/items`, body),
  close: (review: number) => api.post<ReviewResponse>(`${PATH}/${review}/close`),
});

const refused = (status: number, code: string) => ({ status, body: { code } });

const logins = (items: ReviewItemResponse[]) => items.map(({ login }) => login);

describe.each(ways)('access reviews, $way', (way) => {
  it('copy everybody with access, as they are at the start', async () => {
    const { api, id, start, items, organization, ada } = await stage(way);
    const started = await start();
    expect(started).toMatchObject({
      status: 201,
      body: {
        ...{ id: 1, name: 'Q1', state: 'open', ...DUE, removalDays: 7, sha256: null },
        organizations: [{ integrationId: id, organization: 'acme' }],
        counts: { total: 5, undecided: 5, keep: 0, remove: 0, question: 0 },
      },
    });
    organization.leave(ada);
    await finishedRun(api, id);
    const all = await items(1);
    expect(logins(all)).toEqual(['ada', 'bob', 'cy', 'olga-owner', 'outsider']);
    expect(all[0]).toEqual({
      ...{ id: expect.any(Number), integrationId: id, memberId: expect.any(Number) },
      ...{ organization: 'acme', githubId: ada.id, login: 'ada', displayName: 'Ada L' },
      ...{ affiliation: 'member', role: 'member', twoFactor: expect.any(Boolean) },
      ...{ githubTeams: ['engineering/platform'], samlNameId: null, verifiedEmails: [] },
      match: {
        ...{ category: 'matched', matchedBy: 'login', email: 'ada@corp.example', name: 'Ada' },
        managerEmail: 'mia@corp.example',
      },
      ...{ reviewer: null, decision: null, reason: '', decidedBy: null, decidedAt: null },
      access: null,
    });
    expect(all[1]).toMatchObject({
      ...{ samlNameId: 'bob@corp.example', match: { matchedBy: 'saml_name_id' } },
    });
    expect(all[2]?.match).toMatchObject({ category: 'not_in_list', email: null });
    expect(all[3]?.role).toBe('admin');
    expect(all[4]).toMatchObject({ affiliation: 'outside_collaborator', githubTeams: [] });
  });

  it('give rows to the reviewer of the team, to the manager, or to one for all others', async () => {
    const { start, items, userId, dataSource } = await stage(way);
    const [lead, manager, rest] = await Promise.all(
      ['lead@corp.example', 'max@corp.example', 'rest@corp.example'].map(userId),
    );
    const team = await dataSource.manager.findOneByOrFail(GithubTeam, { slug: 'engineering' });
    const githubTeamReviewers = [{ githubTeamId: team.id, userId: lead }];
    await start({ githubTeamReviewers, byManager: true, reviewerId: rest });
    expect(manager).toBeGreaterThan(0);
    const reviewers = (all: ReviewItemResponse[]) => all.map(({ reviewer }) => reviewer);
    expect(reviewers(await items(1))).toEqual([
      ...['lead@corp.example', 'max@corp.example'],
      ...['rest@corp.example', 'rest@corp.example', 'rest@corp.example'],
    ]);
    expect(logins(await items(1, '?reviewer=LEAD@corp.example'))).toEqual(['ada']);
    const { body } = await start({ byManager: true });
    expect(reviewers(await items(body.id, '?search=bob'))).toEqual(['max@corp.example']);
    expect(await items(body.id, '?reviewer=any')).toHaveLength(4);
  });

  it('are decided one by one or by a filter, with one entry of the audit log each time', async () => {
    const { start, items, decide, dataSource } = await stage(way);
    await start();
    const [ada] = await items(1);
    const remove = { decision: 'remove', reason: 'Left the project ' };
    expect(await decide(1, { ...remove, ids: [ada?.id] })).toMatchObject({
      status: 200,
      body: { decided: 1, counts: { total: 5, undecided: 4, remove: 1 } },
    });
    const filter = { affiliation: 'member', decision: 'undecided', role: 'member' };
    expect((await decide(1, { decision: 'keep', filter })).body.decided).toBe(2);
    const question = { decision: 'question', reason: 'Who is it?' };
    await decide(1, { ...question, filter: { search: 'OUT%' } });
    const { body } = await decide(1, {
      ...question,
      filter: { organization: 'ACME', search: 'OUT' },
    });
    expect(body).toEqual({
      decided: 1,
      counts: { total: 5, undecided: 1, keep: 2, remove: 1, question: 1 },
    });
    expect(logins(await items(1, '?decision=question'))).toEqual(['outsider']);
    expect((await items(1, '?search=ada'))[0]).toMatchObject({
      ...{ decision: 'remove', reason: 'Left the project', decidedBy: 'nightly-report' },
      decidedAt: expect.any(String),
    });
    await decide(1, { decision: null, ids: [ada?.id] });
    expect((await items(1, '?search=ada'))[0]).toMatchObject({ decision: null, decidedBy: null });
    const entries = await dataSource.manager.findBy(AuditEntry, { action: 'review.decide' });
    expect(entries.map(({ subject, after }) => [subject, after?.rows])).toEqual([
      ...[1, 2, 1, 1].map((rows) => ['review 1: Q1', rows]),
    ]);
  });

  it('are closed once every row is decided, and never change then', async () => {
    const { api, start, decide, close, dataSource } = await stage(way);
    await start();
    await decide(1, { decision: 'question', reason: 'Why?', filter: { search: 'ada' } });
    expect(await close(1)).toMatchObject(refused(409, 'review_undecided'));
    expect(await api.get(`${PATH}/1/evidence`)).toMatchObject(refused(409, 'review_open'));
    await decide(1, { decision: 'keep', filter: {} });
    const closed = await close(1);
    expect(closed).toMatchObject({
      status: 200,
      body: { state: 'closed', closedBy: 'nightly-report', sha256: expect.any(String) },
    });
    expect(await close(1)).toMatchObject(refused(409, 'review_closed'));
    const again = { decision: 'remove', reason: 'No', filter: {} };
    expect(await decide(1, again)).toMatchObject(refused(409, 'review_closed'));

    const evidence = (await api.get<EvidenceResponse>(`${PATH}/1/evidence`)).body;
    expect(evidence).toMatchObject({ format: 'rollcall-access-review/1', review: { id: 1 } });
    expect(evidence.sha256).toBe(closed.body.sha256);
    expect(await evidenceHash(evidence)).toBe(evidence.sha256);
    expect(evidence.items).toHaveLength(5);
    const { manager } = dataSource;
    const ofReview = { subject: 'review 1: Q1' };
    const entries = await manager.find(AuditEntry, { where: ofReview, order: { id: 'ASC' } });
    expect(entries.map(({ action }) => action)).toEqual([
      ...['review.start', 'review.decide', 'review.decide', 'review.close'],
    ]);
    expect(evidence.auditEntries.map(({ hash }) => hash)).toEqual(
      entries.slice(0, -1).map(({ hash }) => hash),
    );
    expect(entries.at(-1)?.after).toMatchObject({ sha256: evidence.sha256 });
    const csv = await api.get(`${PATH}/1/evidence`, { headers: { Accept: 'text/csv' } });
    expect(parseCsv(csv.text)).toHaveLength(6);
  });

  it('tell which removals happened at GitHub, and which have not after some days', async () => {
    const { api, id, start, items, decide, close, organization, ada, dataSource } =
      await stage(way);
    await start({ removalDays: 2 });
    const filter = { search: 'corp.example' };
    await decide(1, { decision: 'keep', filter: {} });
    await decide(1, { decision: 'remove', reason: 'No', filter });
    await decide(1, { decision: 'remove', reason: 'No', filter: { search: 'outsider' } });
    const review = async () => (await api.get<ReviewResponse>(`${PATH}/1`)).body;
    expect((await review()).removals).toBeNull();
    expect((await close(1)).body.removals).toEqual({
      ended: 0,
      remains: 3,
      unknown: 0,
      overdue: 0,
    });
    organization.leave(ada);
    await finishedRun(api, id);
    expect((await items(1)).map(({ access }) => access)).toEqual([
      ...['ended', 'remains', null, null, 'remains'],
    ]);
    const { manager } = dataSource;
    await manager.update(
      AccessReview,
      { id: 1 },
      { closedAt: new Date(Date.now() - 2.1 * DAY_MS) },
    );
    expect((await review()).removals).toEqual({ ended: 1, remains: 2, unknown: 0, overdue: 2 });
    await manager.update(GithubIntegration, { id }, { disconnectedAt: new Date() });
    expect((await review()).removals).toEqual({ ended: 0, remains: 0, unknown: 3, overdue: 0 });
    const [first] = (await api.get<Page<ReviewResponse>>(PATH)).body.items;
    expect(first?.removals).toMatchObject({ unknown: 3 });
  });

  it('are listed newest first, and their rows in pages and as CSV', async () => {
    const { api, start, items } = await stage(way);
    await start();
    await start({ name: ' Second ' });
    const first = await api.get<Page<ReviewResponse>>(`${PATH}?limit=1`);
    expect(first.body.items.map(({ name }) => name)).toEqual(['Second']);
    const rest = await api.get<Page<ReviewResponse>>(`${PATH}?cursor=${first.body.nextCursor}`);
    expect(rest.body.items.map(({ id }) => id)).toEqual([1]);
    const all: string[] = [];
    for (let cursor = ''; ; ) {
      const { body } = await api.get<Page<ReviewItemResponse>>(`${PATH}/1/items?limit=2${cursor}`);
      all.push(...logins(body.items));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(all).toEqual(logins(await items(1)));
    const headers = { Accept: 'text/csv' };
    const csv = await api.get(`${PATH}/1/items?search=ada`, { headers });
    expect(parseCsv(csv.text)[1]?.slice(1, 9)).toEqual([
      ...['acme', expect.any(String), 'ada', 'Ada L', 'member', 'member'],
      ...[expect.any(String), 'engineering/platform'],
    ]);
    for (const query of ['decision=maybe', 'role=owner', 'affiliation=x', 'cursor=x', 'limit=0'])
      expect((await api.get(`${PATH}/1/items?${query}`)).status, query).toBe(422);
  });

  it('show nothing of another team, and end with their team', async () => {
    const { api, app, start, dataSource } = await stage(way);
    await start();
    const token = await api.tokenOf('others');
    expect((await api.get<Page<ReviewResponse>>(PATH, { token })).body.items).toEqual([]);
    const body = { decision: 'keep', filter: {} };
    const answers = await Promise.all([
      api.get(`${PATH}/1`, { token }),
      api.get(`${PATH}/1/items`, { token }),
      api.get(`${PATH}/1/evidence`, { token }),
      api.patch(`${PATH}/1/items`, body, { token }),
      api.post(`${PATH}/1/close`, undefined, { token }),
    ]);
    for (const answer of answers) expect(answer).toMatchObject(refused(404, 'review_not_found'));
    const { manager } = dataSource;
    const { id: teamId } = await manager.findOneByOrFail(Team, { slug: 'others' });
    await manager.update(AccessReview, { id: 1 }, { teamId });
    await app.get(TeamDeletion, { strict: false }).delete(teamId);
    expect(await manager.count(AccessReview)).toBe(0);
    expect(await manager.count(AccessReviewItem)).toBe(0);
  });
});

describe('a wrong request', () => {
  let at: Awaited<ReturnType<typeof stage>>;
  beforeEach(async () => {
    at = await stage();
  });

  it('starts no review', async () => {
    const { start, dataSource } = at;
    for (const [body, status, code] of [
      [{ name: '  ' }, 422, 'validation_failed'],
      [{ integrationIds: [] }, 422, 'validation_failed'],
      [{ integrationIds: 1 }, 422, 'validation_failed'],
      [{ dueOn: '2020-01-01' }, 422, 'due_on_invalid'],
      [{ dueOn: '2100-02-30' }, 422, 'due_on_invalid'],
      [{ removalDays: 0 }, 422, 'validation_failed'],
      [{ githubTeamReviewers: [1] }, 422, 'validation_failed'],
      [{ integrationIds: [99] }, 404, 'integration_not_found'],
      [{ reviewerId: 99 }, 404, 'user_not_found'],
      [{ githubTeamReviewers: [{ githubTeamId: 99, userId: 1 }] }, 404, 'github_team_not_found'],
    ] as const)
      expect(await start(body), JSON.stringify(body)).toMatchObject(refused(status, code));
    expect(await dataSource.manager.count(AccessReview)).toBe(0);
  });

  it('decides nothing', async () => {
    const { start, items, decide } = at;
    await start();
    const [ada] = await items(1);
    const ids = [ada?.id];
    for (const [body, status, code] of [
      [{ decision: 'keep' }, 422, 'validation_failed'],
      [{ decision: 'keep', ids, filter: {} }, 422, 'validation_failed'],
      [{ decision: 'keep', filter: { role: 'owner' } }, 422, 'validation_failed'],
      [{ decision: 'maybe', ids }, 422, 'validation_failed'],
      [{ ids }, 422, 'validation_failed'],
      [{ decision: 'remove', ids }, 422, 'reason_required'],
      [{ decision: 'question', reason: ' ', ids }, 422, 'reason_required'],
      [{ decision: 'keep', ids: [...ids, 999] }, 404, 'review_item_not_found'],
    ] as const)
      expect(await decide(1, body), JSON.stringify(body)).toMatchObject(refused(status, code));
    expect((await items(1)).every(({ decision }) => decision === null)).toBe(true);
  });
});
