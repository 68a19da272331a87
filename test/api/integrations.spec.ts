import { describe, expect, it } from 'vitest';
import type { IntegrationResponse } from '../../src/api/integrations/integration.response.js';
import type { RunResponse } from '../../src/api/member-syncs/run.response.js';
import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { ways } from '../support/service.js';
import { connected, startApi } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

const INTEGRATIONS = '/api/v1/integrations';

describe.each(ways)('integrations over the API, $way', (way) => {
  it('are connected, and connected again with another credential', async () => {
    const { api, world, owner, token, organization } = await startApi(way);
    const first = await api.post<IntegrationResponse>(INTEGRATIONS, {
      organization: 'ACME',
      token,
    });
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({
      organizationLogin: 'acme',
      organizationId: organization.id,
      publicOnly: false,
      disconnectedAt: null,
      credential: {
        kind: 'token',
        expiresAt: null,
        sees: { everybody: true, roles: true, twoFactor: true, email: true },
        checkedAt: expect.stringMatching(/Z$/),
      },
      memberSyncStatus: 'pending',
      memberSyncStartedAt: null,
      memberSyncCompletedAt: null,
      memberSyncError: '',
      memberSyncResult: null,
    });
    expect(first.headers.get('Location')).toBe(`${INTEGRATIONS}/${first.body.id}`);
    expect((await api.get(first.headers.get('Location') ?? '')).body).toEqual(first.body);
    world.revokeToken(token);
    world.addToken({ token: 'ghp_another', user: owner });
    const again = await api.post<IntegrationResponse>(INTEGRATIONS, {
      organization: 'github.com/acme',
      token: 'ghp_another',
    });
    const { checkedAt } = again.body.credential ?? {};
    const credential = { ...first.body.credential, checkedAt };
    expect(again).toMatchObject({ status: 200, body: { ...first.body, credential } });
    expect(again.headers.has('Location')).toBe(false);
  });

  it('are connected for their public members only where somebody says so', async () => {
    const { api, world } = await startApi(way);
    world.addToken({ token: 'ghp_outsider', user: world.addUser(), scopes: [] });
    const request = { organization: 'acme', token: 'ghp_outsider' };
    const refused = await api.post<ProblemResponse>(INTEGRATIONS, request);
    expect(refused).toMatchObject({ status: 422, body: { code: 'missing_permission' } });
    expect(refused.body.remedy).toContain('read:org');
    const made = await api.post<IntegrationResponse>(INTEGRATIONS, {
      ...request,
      publicOnly: true,
    });
    expect(made).toMatchObject({ status: 201, body: { publicOnly: true } });
    const listed = await everything<IntegrationResponse>(api, INTEGRATIONS, 3);
    expect(listed).toEqual([made.body]);
    const admins = `${INTEGRATIONS}/${made.body.id}/members?role=admin`;
    expect((await api.get<ProblemResponse>(admins)).body.code).toBe('part_not_visible');
  });

  it('show where their member sync stands', async () => {
    const { api, token } = await startApi(way);
    const { body } = await api.post<IntegrationResponse>(INTEGRATIONS, {
      organization: 'acme',
      token,
    });
    await finishedRun(api, body.id);
    const shown = await api.get<IntegrationResponse>(`${INTEGRATIONS}/${body.id}`);
    expect(shown.body).toMatchObject({
      memberSyncStatus: 'complete',
      memberSyncError: '',
      memberSyncResult: { created: 3, total: 3 },
    });
    expect(shown.body.memberSyncCompletedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  });

  it('are listed a page at a time', async () => {
    const { api, world, owner, token } = await startApi(way);
    for (const login of ['zeta', 'beta', 'alpha', 'gamma']) {
      world.addOrganization({ login }).join(owner);
      await api.post(INTEGRATIONS, { organization: login, token });
    }
    const all = await everything<IntegrationResponse>(api, INTEGRATIONS, 3);
    expect(all.map(({ organizationLogin }) => organizationLogin)).toEqual([
      'zeta',
      'beta',
      'alpha',
      'gamma',
    ]);
  });

  it('are disconnected with everything that belongs to them', async () => {
    const { api, token, dataSource } = await startApi(way);
    const { body } = await api.post<IntegrationResponse>(INTEGRATIONS, {
      organization: 'acme',
      token,
    });
    await finishedRun(api, body.id);
    expect((await api.delete(`${INTEGRATIONS}/${body.id}`)).status).toBe(204);
    expect((await api.get(`${INTEGRATIONS}/${body.id}`)).status).toBe(404);
    expect((await api.delete(`${INTEGRATIONS}/${body.id}`)).status).toBe(404);
    for (const entity of [Credential, Member, MemberSyncRun])
      expect(await dataSource.manager.count(entity)).toBe(0);
  });

  it('are disconnected with their directory kept, and taken up again', async () => {
    const { api, id, world, owner } = await connected(way);
    const run = await finishedRun(api, id);
    const address = `${INTEGRATIONS}/${id}`;
    expect((await api.delete(`${address}?keepDirectory=perhaps`)).status).toBe(422);
    expect((await api.delete(`${address}?keepDirectory=true`)).status).toBe(204);
    const kept = await api.get<IntegrationResponse>(address);
    expect(kept.body).toMatchObject({
      disconnectedAt: expect.stringMatching(/Z$/),
      credential: null,
      schedule: { kind: 'off' },
      memberSyncStatus: 'complete',
    });
    expect((await api.delete(`${address}?keepDirectory=true`)).status).toBe(204);
    expect((await api.get(address)).body).toEqual(kept.body);
    const members = await api.get<{ items: unknown[] }>(`${address}/members`);
    expect(members.body.items).toHaveLength(3);
    expect((await api.get(`/api/v1/member-syncs/${run.id}/changes`)).status).toBe(200);
    const [member] = (await api.get<{ items: { id: number }[] }>(`${address}/members`)).body.items;
    const edit = { disabled: true };
    expect(await api.patch<ProblemResponse>(`/api/v1/members/${member?.id}`, edit)).toMatchObject({
      status: 409,
      body: { code: 'integration_disconnected' },
    });
    const refused = await api.post<ProblemResponse>(`${address}/member-syncs`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'integration_disconnected' } });

    const expiresAt = Date.parse('2031-12-24T09:30:00.000Z');
    world.addToken({ token: 'ghp_ends', user: owner, expiresAt });
    const again = await api.post<IntegrationResponse>(INTEGRATIONS, {
      organization: 'acme',
      token: 'ghp_ends',
    });
    expect(again).toMatchObject({
      status: 200,
      body: { id, disconnectedAt: null, credential: { expiresAt: '2031-12-24T09:30:00.000Z' } },
    });
    expect((await finishedRun(api, id)).result).toMatchObject({ created: 0, total: 3 });
    await api.delete(`${address}?keepDirectory=false`);
    expect((await api.get(address)).status).toBe(404);
  });

  it('stay while a run is unfinished', async () => {
    const { api, token, simulator, dataSource } = await startApi(way);
    const { body } = await api.post<IntegrationResponse>(INTEGRATIONS, {
      organization: 'acme',
      token,
    });
    const held = simulator.faults.on(MEMBER_PAGES).hold();
    const run = await api.post<RunResponse>(`${INTEGRATIONS}/${body.id}/member-syncs`);
    await held.arrived;
    const refused = await api.delete(`${INTEGRATIONS}/${body.id}`);
    expect(refused).toMatchObject({ status: 409, body: { code: 'member_sync_unfinished' } });
    expect(await dataSource.manager.count(Credential)).toBe(1);
    held.release();
    await finishedRun(api, body.id, run.body.id);
    expect((await api.delete(`${INTEGRATIONS}/${body.id}`)).status).toBe(204);
  });
});

describe('connecting over the API', () => {
  const ok = { organization: 'acme', token: 'ghp_TestTokenOfTheOwner' };

  it('names the value that is wrong', async () => {
    const { api, dataSource } = await startApi();
    const wrong: [string, unknown][] = [
      ['organization', undefined],
      ['organization', []],
      ['organization', { token: 'x' }],
      ['organization', { ...ok, organization: 5 }],
      ['organization', { ...ok, organization: '../user' }],
      ['organization', { ...ok, organization: 'https://github.com/acme/repository' }],
      ['token', { organization: 'acme' }],
      ['token', { ...ok, token: '  ' }],
      ['token', { ...ok, token: 'ghp_one\nghp_two' }],
      ['apiUrl', { ...ok, apiUrl: 5 }],
      ['publicOnly', { ...ok, publicOnly: 'yes' }],
      ['apiUrl', { ...ok, apiUrl: `https://example.com/${'x'.repeat(255)}` }],
      ['team', { ...ok, team: 'other' }],
    ];
    for (const [field, request] of wrong) {
      const { body, text } = await api.post<ProblemResponse>(INTEGRATIONS, request);
      expect({ request, ...body }).toMatchObject({
        request,
        status: 422,
        code: 'validation_failed',
        detail: expect.stringContaining(field),
        remedy: expect.stringContaining(`'${field}'`),
      });
      expect(text).not.toContain('ghp_');
    }
    expect(await dataSource.manager.count(Credential)).toBe(0);
  });

  it('says what is wrong with the token, the organization or the address', async () => {
    const { api, dataSource } = await startApi();
    const apiUrls = ['acme', 'https://ada:ghp_secret@ghe.example.com/api/v3', 'https://127.0.0.1/'];
    const wrong: [string, unknown][] = [
      ['malformed_body', '{"organization":'],
      ['bad_credentials', { ...ok, token: 'ghp_no' }],
      ['organization_not_found', { ...ok, organization: 'nobody' }],
      ['organization_elsewhere', { ...ok, organization: 'https://ghe.example.com/acme' }],
      ...apiUrls.map((apiUrl): [string, unknown] => ['api_url_not_allowed', { ...ok, apiUrl }]),
    ];
    for (const [code, request] of wrong) {
      const { body, text } = await api.post<ProblemResponse>(INTEGRATIONS, request);
      const status = code === 'malformed_body' ? 400 : 422;
      expect({ request, ...body }).toMatchObject({ request, status, code });
      expect(body.remedy).not.toBe('');
      expect(text).not.toContain('ghp_');
    }
    expect(await dataSource.manager.count(Credential)).toBe(0);
  });
});
