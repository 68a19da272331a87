import { describe, expect, it } from 'vitest';
import { ApiTokensService } from '../../src/accounts/api-tokens/api-tokens.service.js';
import { AuditEntry } from '../../src/accounts/audit/audit-entry.entity.js';
import { AuditVerification } from '../../src/accounts/audit/audit-verification.js';
import { UserInvitation } from '../../src/accounts/invitations/user-invitation.entity.js';
import { SignInLinks } from '../../src/accounts/sign-in/sign-in-links.js';
import { Team } from '../../src/accounts/users/team.entity.js';
import { User } from '../../src/accounts/users/user.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { testBody } from '../../src/notifications/channels/channel-test.js';
import { storeMessage } from '../../src/notifications/messages/store-message.js';
import { AccessReviewItem } from '../../src/reviews/access-reviews/access-review-item.entity.js';
import { smallDemo } from '../support/demo.js';
import { atOnce, Receiver } from '../support/notifications.js';
import { PASSWORD } from '../support/people.js';
import { routesOfApp } from '../support/routes.js';
import { finished } from '../support/runs.js';
import { startGithub, ways } from '../support/service.js';
import { until } from '../support/until.js';
import { signedIn, somebody, startWeb } from '../support/web.js';
import { WebClient } from '../support/web-client.js';

/** They change nothing but the session of the person who sends them. */
const ONLY_THE_SESSION = ['POST /onboarding/token', 'POST /team'];

type Started = Awaited<ReturnType<typeof start>>;

const NEW_PASSWORD = 'four unrelated words';

/** An address gets a secret, and the webhook is made at GitHub and removed, on the pages and by the API. */
async function manageWebhook({ world, token, owner }: Started, journal: Journal) {
  world.addToken({ token, user: owner, scopes: ['read:org', 'read:user', 'admin:org_hook'] });
  const route = 'POST /integrations/github/:id/settings/webhook';
  const page = '/integrations/github/1/settings/webhook';
  await journal.page(`${route}/secret`, `${page}/secret`, {}, 200);
  await journal.page(`${route}/hook`, `${page}/hook`);
  await journal.page(`${route}/hook/remove`, `${page}/hook/remove`);
  const [of, at] = ['/api/v1/integrations/:id/webhook', '/api/v1/integrations/1/webhook'];
  await journal.api(`POST ${of}/secret`, `${at}/secret`, 201);
  await journal.api(`POST ${of}/hook`, `${at}/hook`, 201);
  await journal.api(`DELETE ${of}/hook`, `${at}/hook`, 204);
}

/** The same on the pages. */
async function manageChannelsOnPages({ service }: Started, journal: Journal) {
  const receiver = await Receiver.start();
  const form = { name: 'Operations', address: receiver.url, events: 'member.joined' };
  await journal.page('POST /notifications', '/notifications', form, 200);
  const [route, page] = ['POST /notifications/:id', '/notifications/2'];
  await journal.page(route, page, { name: 'Audit', events: 'member.left' });
  await journal.page(`${route}/test`, `${page}/test`, {}, 200);
  await journal.page(`${route}/secret`, `${page}/secret`, {}, 200);
  await service.dataSource.transaction((manager) =>
    storeMessage(manager, { teamId: 1, body: testBody() }, [atOnce(2)]),
  );
  const redeliver = `${route}/deliveries/:deliveryId/redeliver`;
  await journal.page(redeliver, `${page}/deliveries/2/redeliver`);
  await journal.page(`${route}/enabled`, `${page}/enabled`, { enabled: 'false' });
  await journal.page(`${route}/delete`, `${page}/delete`);
}

/** A channel is made, tested, told something, changed and deleted by the API. */
async function manageChannels({ service }: Started, journal: Journal) {
  const receiver = await Receiver.start();
  const route = '/api/v1/notification-channels';
  const settings = { kind: 'webhook', name: 'Operations', address: receiver.url };
  await journal.api(`POST ${route}`, route, 201, {
    ...settings,
    events: ['member.joined'],
  });
  await journal.api(`POST ${route}/:id/test`, `${route}/1/test`, 200);
  await service.dataSource.transaction((manager) =>
    storeMessage(manager, { teamId: 1, body: testBody() }, [atOnce(1)]),
  );
  const redeliver = '/api/v1/deliveries';
  await journal.api(`POST ${redeliver}/:id/redeliver`, `${redeliver}/1/redeliver`, 202);
  await journal.api(`PATCH ${route}/:id`, `${route}/1`, 200, { name: 'Audit' });
  await journal.api(`DELETE ${route}/:id`, `${route}/1`, 204);
}

/** A review is started, decided and closed, by the API and on the pages. */
async function review({ service }: Started, journal: Journal) {
  const route = '/api/v1/reviews';
  const asked = { name: 'Q1', integrationIds: [1], dueOn: '2100-03-31' };
  await journal.api(`POST ${route}`, route, 201, asked);
  const keep = { decision: 'keep', filter: {} };
  await journal.api(`PATCH ${route}/:id/items`, `${route}/1/items`, 200, keep);
  await journal.api(`POST ${route}/:id/close`, `${route}/1/close`, 200);
  const form = { name: 'Q2', integrations: '1', dueOn: '2100-03-31' };
  await journal.page('POST /reviews', '/reviews', form);
  const [page, decision] = ['/reviews/2', { decision: 'keep' }];
  await journal.page('POST /reviews/:id/decide-all', `${page}/decide-all`, decision);
  const items = await service.dataSource.manager.findBy(AccessReviewItem, { reviewId: 2 });
  const one = `${page}/decide?row=${items[0]?.id}`;
  await journal.page('POST /reviews/:id/decide', one, decision);
  await journal.page('POST /reviews/:id/close', `${page}/close`);
}

/** People are invited, changed and removed, teams made and deleted. */
async function manageUsers(started: Started, journal: Journal) {
  const { service, admin } = started;
  const { manager } = service.dataSource;
  const idOf = async (email: string) => (await manager.findOneByOrFail(User, { email })).id;
  const linkIn = (text: string) => /\/invitations\/[\w-]{43}/.exec(text)?.[0] ?? '';
  const send = (client: WebClient, address: string, form: Record<string, string>) => async () =>
    (await client.post(address, form)).status;

  await journal.page('POST /users', '/users', { email: 'first@example.org', role: 'member' }, 200);
  const { id } = await manager.findOneByOrFail(UserInvitation, { email: 'first@example.org' });
  const withdraw = 'POST /users/invitations/:id/withdraw';
  await journal.page(withdraw, `/users/invitations/${id}/withdraw`);
  const grace = { email: 'grace@example.org', role: 'member' };
  await journal.api('POST /api/v1/user-invitations', '/api/v1/user-invitations', 201, grace);
  const link = linkIn(await journal.page('POST /users', '/users', grace, 200));
  const account = { name: 'Grace', password: NEW_PASSWORD };
  const stranger = new WebClient(service.url);
  await journal.note('POST /invitations/:code', 303, send(stranger, link, account));
  const user = `/users/${await idOf(grace.email)}`;
  await journal.page('POST /users/:id/role', `${user}/role`, { role: 'admin' });
  const member = { role: 'member' };
  await journal.api('PATCH /api/v1/users/:id', `/api/v1${user}`, 200, member);
  await journal.page('POST /users/:id/sessions/end', `${user}/sessions/end`);
  await journal.page('POST /users/:id/remove', `${user}/remove`);
  await somebody(service, { email: 'other@example.org', role: 'member' });
  const other = `/api/v1/users/${await idOf('other@example.org')}`;
  await journal.api('DELETE /api/v1/users/:id', other, 204);

  await manager.update(User, { email: 'admin@default.example' }, { instanceAdmin: true });
  const blue = { slug: 'blue', email: 'blue@example.org' };
  await journal.page('POST /teams', '/teams', blue, 200);
  const { id: teamId } = await manager.findOneByOrFail(Team, { slug: 'blue' });
  const again = { email: 'red@example.org' };
  await journal.page('POST /teams/:id/invitation', `/teams/${teamId}/invitation`, again, 200);
  await journal.page('POST /teams/:id/rename', `/teams/${teamId}/rename`, { slug: 'navy' });
  await journal.page('POST /teams/:id/delete', `/teams/${teamId}/delete`, { slug: 'navy' });

  await journal.page('POST /account/name', '/account/name', { name: 'Ada' });
  const ended = 'POST /account/sessions/end';
  await signedIn(service);
  const session =
    /name="session" value="(\w+)"/.exec((await admin.get('/account')).text)?.[1] ?? '';
  await journal.page(ended, '/account/sessions/end', { session });
  await signedIn(service);
  await journal.page('POST /account/sessions/end-others', '/account/sessions/end-others');
  const { code } = await service.app
    .get(SignInLinks, { strict: false })
    .make('admin@default.example');
  const visitor = new WebClient(service.url);
  await journal.note('POST /sign-in/link/:code', 303, send(visitor, `/sign-in/link/${code}`, {}));
  const passwords = { present: PASSWORD, wanted: NEW_PASSWORD };
  await journal.page('POST /account/password', '/account/password', passwords);
}

/** Receivers of notifications are on this machine. */
const LOCAL = { ALLOW_PRIVATE_API_URLS: 'true' };

/** A scaled installation has no demo. */
const ONLY_EMBEDDED = 'POST /onboarding/demo';

async function start(way: object) {
  const github = await startGithub({ members: 20 });
  const env = { GITHUB_API_URL: github.simulator.url, API_SYNC_PAUSE_SECONDS: '0', ...LOCAL };
  const service = await startWeb({ ...way, env, startDemo: smallDemo().startDemo });
  const admin = await signedIn(service);
  const { value: apiToken } = await service.app
    .get(ApiTokensService, { strict: false })
    .create(1, 'script');
  return { ...github, service, admin, apiToken };
}

/** Sends requests, and notes which route wrote which actions. */
class Journal {
  readonly routes = new Map<string, string[]>();

  constructor(private readonly started: Awaited<ReturnType<typeof start>>) {}

  /** @param route as in docs/access.md, its parameters filled in by `address` */
  async page(route: string, address: string, form: Record<string, string> = {}, status = 303) {
    const { admin } = this.started;
    const headers: Record<string, string> = status === 200 ? { 'HX-Request': 'true' } : {};
    let text = '';
    await this.note(route, status, async () => {
      const answer = await admin.post(address, form, headers);
      text = answer.text;
      return answer.status;
    });
    return text;
  }

  async api(route: string, address: string, status: number, body?: object) {
    const { apiToken, service } = this.started;
    const [method = ''] = route.split(' ');
    const headers = {
      authorization: `Bearer ${apiToken}`,
      ...(body && { 'content-type': 'application/json' }),
    };
    const sent = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    await this.note(route, status, async () => (await fetch(service.url + address, sent)).status);
  }

  async note(route: string, status: number, send: () => Promise<number>): Promise<void> {
    const { manager } = this.started.service.dataSource;
    const before = (await manager.maximum(AuditEntry, 'id')) ?? 0;
    expect([route, await send()]).toEqual([route, status]);
    const entries = await manager.find(AuditEntry, { order: { id: 'ASC' } });
    const actions = entries.filter(({ id }) => id > before).map(({ action }) => action);
    this.routes.set(route, [...(this.routes.get(route) ?? []), ...actions]);
  }
}

describe.each(ways)('the audit log, $way', (way) => {
  it('has an entry for every route that changes something, and no secret', async () => {
    const started = await start(way);
    const { service, token, organization, owner, apiToken, simulator } = started;
    const { manager } = service.dataSource;
    const journal = new Journal(started);
    const idle = () =>
      until(
        async () =>
          !(await manager.existsBy(MemberSyncRun, { state: 'running' })) &&
          !(await manager.existsBy(MemberSyncRun, { state: 'queued' })),
      );
    const latest = async () => {
      const [run] = await manager.find(MemberSyncRun, { order: { id: 'DESC' }, take: 1 });
      if (!run) throw new Error('There is no run.');
      return run;
    };

    await journal.page('POST /onboarding/token', '/onboarding/token', { token });
    await journal.page('POST /onboarding/organizations', '/onboarding/organizations', {
      organization: 'acme',
    });
    await finished(service, (await latest()).id);
    const of = '/integrations/github/1';
    const route = 'POST /integrations/github/:id';

    const people = organization.members.filter(({ id }) => id !== owner.id);
    const leavers = people.slice(0, 8);
    for (const person of leavers) organization.leave(person);
    await journal.page(`${route}/members/sync`, `${of}/members/sync`, {}, 200);
    const held = await finished(service, (await latest()).id);
    const chosen = String(leavers[0]?.id);
    const removals = `${of}/runs/${held.id}/removals`;
    await journal.page(`${route}/runs/:runId/removals/chosen`, `${removals}/chosen`, { chosen });
    await journal.page(`${route}/runs/:runId/removals`, removals, { decision: 'reject' });

    const runs = '/api/v1/member-syncs';
    await journal.api(
      'POST /api/v1/integrations/:id/member-syncs',
      '/api/v1/integrations/1/member-syncs',
      202,
    );
    const again = await finished(service, (await latest()).id);
    const approve = { decision: 'approve' };
    await journal.api(`POST ${runs}/:runId/removals`, `${runs}/${again.id}/removals`, 200, approve);
    await journal.api(`POST ${runs}/:runId/undo`, `${runs}/${again.id}/undo`, 201);
    await journal.page(`${route}/sync`, `${of}/sync`);
    const third = await finished(service, (await latest()).id);
    await journal.page(`${route}/runs/:runId/removals`, `${of}/runs/${third.id}/removals`, approve);
    await journal.page(`${route}/runs/:runId/undo`, `${of}/runs/${third.id}/undo`);

    for (const cancel of ['page', 'api']) {
      const stopped = simulator.faults.on(/members/).hold();
      await journal.page(`${route}/sync`, `${of}/sync`);
      await stopped.arrived;
      const { id } = await latest();
      if (cancel === 'page')
        await journal.page(`${route}/runs/:runId/cancel`, `${of}/runs/${id}/cancel`);
      else await journal.api(`DELETE ${runs}/:runId`, `${runs}/${id}`, 200);
      stopped.release();
      await idle();
    }

    const [one, two] = await manager.findBy(Member, { status: 'active' });
    if (!one || !two) throw new Error('There are too few members.');
    const member = `${route}/members/:memberId`;
    await journal.page(`${member}/disable`, `${of}/members/${one.id}/disable`, {}, 200);
    await journal.page(`${member}/enable`, `${of}/members/${one.id}/enable`, {}, 200);
    const many = { chosen: String(two.id) };
    await journal.page(`${route}/members/disable`, `${of}/members/disable`, many, 200);
    await journal.page(`${route}/members/enable`, `${of}/members/enable`, many, 200);
    await journal.page(`${route}/members/export`, `${of}/members/export`, many, 200);
    const disabled = { disabled: true };
    await journal.api('PATCH /api/v1/members/:id', `/api/v1/members/${one.id}`, 200, disabled);
    await journal.page(`${route}/settings`, `${of}/settings`, { holdAbovePeople: '7' });
    const list = { people: [{ email: 'ada@example.com' }] };
    await journal.api('PUT /api/v1/people-list', '/api/v1/people-list', 200, list);
    const matches = '/api/v1/people-list/matches';
    const match = { memberId: one.id };
    await journal.api(`PUT ${matches}/:personId`, `${matches}/1`, 200, match);
    const upload = new FormData();
    upload.set('file', new Blob(['email\nada@example.com\nbob@example.com\n']), 'people.csv');
    const send = async () => (await started.admin.post('/people-list', upload)).status;
    await journal.note('POST /people-list', 303, send);
    await journal.page('POST /people-list/matches/:personId', '/people-list/matches/1');
    await review(started, journal);
    await manageWebhook(started, journal);
    await manageChannels(started, journal);
    await manageChannelsOnPages(started, journal);

    await journal.page('POST /api-tokens', '/api-tokens', { name: 'report', days: '7' }, 200);
    await journal.page('POST /api-tokens/:id/revoke', '/api-tokens/2/revoke');
    const body = { organization: 'acme', token };
    await journal.api('POST /api/v1/integrations', '/api/v1/integrations', 200, body);
    await idle();
    const keep = { name: 'acme', directory: 'keep' };
    await journal.page(`${route}/disconnect`, `${of}/disconnect`, keep);
    await journal.api('DELETE /api/v1/integrations/:id', '/api/v1/integrations/1', 204);
    if (!way.bull) await journal.page(ONLY_EMBEDDED, '/onboarding/demo');
    await idle();

    await manageUsers(started, journal);

    const visitor = new WebClient(service.url);
    const bob = await somebody(service, { email: 'bob@example.org' });
    const signIn = async (password: string) =>
      (await visitor.post('/sign-in', { ...bob, password })).status;
    await journal.note('POST /sign-in', 401, () => signIn('wrong horse battery'));
    await journal.note('POST /sign-in', 303, () => signIn(PASSWORD));
    await journal.page('POST /team', '/team', { team: 'default' });
    await journal.note('POST /sign-out', 303, async () => (await visitor.post('/sign-out')).status);

    const writing = routesOfApp(service.app)
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`)
      .filter((route) => !(way.bull && route === ONLY_EMBEDDED));
    const silent = [...journal.routes].filter(([, actions]) => actions.length === 0);
    expect(silent.map(([route]) => route).sort()).toEqual(ONLY_THE_SESSION);
    expect([...journal.routes.keys()].sort()).toEqual(writing.sort());
    expect(journal.routes.get('POST /sign-in')).toEqual(['sign_in.refused', 'sign_in']);
    expect(journal.routes.get(`${route}/disconnect`)).toEqual(['integration.disconnect']);
    expect(journal.routes.get('DELETE /api/v1/integrations/:id')).toEqual(['integration.delete']);

    const entries = await manager.find(AuditEntry);
    const text = JSON.stringify(entries);
    for (const secret of [token, apiToken, PASSWORD, NEW_PASSWORD, 'wrong horse battery'])
      expect(text).not.toContain(secret);
    const byToken = entries.filter(({ actorKind }) => actorKind === 'token');
    expect(new Set(byToken.map(({ actorName }) => actorName))).toEqual(new Set(['script']));
    expect(entries.find(({ action }) => action === 'member.disable')).toMatchObject({
      ...{ teamId: 1, actorKind: 'user', actorName: 'admin@default.example' },
      ...{ subject: `${one.login} of acme`, after: { logins: [one.login] } },
      address: expect.stringMatching(/127\.0\.0\.1|::1/),
    });
    const verified = await service.app.get(AuditVerification, { strict: false }).verify();
    expect(verified.map(({ problem }) => problem)).toEqual(verified.map(() => null));
  });
});
