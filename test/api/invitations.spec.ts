import { describe, expect, it } from 'vitest';
import type { OrganizationInvitationResponse } from '../../src/api/invitations/organization-invitation.response.js';
import type { Page } from '../../src/api/shared/page.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { finishedRun } from './support/runs.js';

type Invitations = Page<OrganizationInvitationResponse>;

describe.each(ways)('invitations over the API, $way', (way) => {
  it('are listed by state, as JSON and CSV, now and as they were', async () => {
    const { api, id, organization, owner, world } = await connected(way);
    const path = `/api/v1/integrations/${id}/invitations`;
    const list = async (query = '') => (await api.get<Invitations>(`${path}${query}`)).body;
    expect(await list()).toEqual({ items: [], nextCursor: null });
    const createdAt = new Date('2026-05-02T10:00:00Z');
    const web = organization.teams.create('Web');
    const ada = world.addUser({ login: 'ada' });
    const byLogin = organization.invite(ada, { role: 'admin', teams: [web], createdAt });
    const formula = organization.invite('=1+2@example.com', { createdAt });
    const expired = organization.invite('late@example.com', { createdAt });
    organization.invitations.fail(expired, 'Invitation expired.');
    await finishedRun(api, id);
    const meanwhile = new Date().toISOString();
    const shown = {
      ...{ id: expect.any(Number), failedReason: null, githubTeams: [], state: 'pending' },
      ...{ invitedBy: owner.login, invitedAt: '2026-05-02T10:00:00.000Z' },
    };
    const ofAda = {
      ...{ ...shown, login: 'ada', email: null, role: 'admin' },
      githubTeams: [{ githubId: web.id, slug: 'web', name: 'Web' }],
    };
    const byEmail = { ...shown, login: null, email: '=1+2@example.com', role: 'member' };
    const failed = {
      ...{ ...shown, login: null, email: 'late@example.com', role: 'member' },
      ...{ state: 'failed', failedReason: 'Invitation expired.' },
    };
    expect(await list()).toEqual({ items: [byEmail, ofAda], nextCursor: null });
    expect(await list('?state=failed')).toEqual({ items: [failed], nextCursor: null });
    const [first] = [await list('?limit=1')];
    expect(first?.items).toEqual([byEmail]);
    expect(await list(`?limit=1&cursor=${first?.nextCursor}`)).toEqual({
      ...{ items: [ofAda], nextCursor: null },
    });
    const csv = await api.get(path, { headers: { Accept: 'text/csv' } });
    expect(csv.headers.get('Content-Disposition')).toContain('acme-invitations.csv');
    const [header, ...lines] = csv.text.trimEnd().split('\r\n');
    expect(header).toBe('id,login,email,role,state,failedReason,invitedBy,invitedAt,githubTeams');
    expect(lines).toEqual([
      expect.stringContaining(",,'=1+2@example.com,member,pending,,"),
      expect.stringMatching(/^\d+,ada,,admin,pending,.*,web$/),
    ]);

    organization.accept(byLogin);
    for (const one of [formula, expired]) organization.invitations.cancel(one);
    await finishedRun(api, id);
    expect(await list()).toEqual({ items: [], nextCursor: null });
    expect((await list('?state=failed')).items).toEqual([]);
    expect((await list(`?asOf=${meanwhile}`)).items).toEqual([byEmail, ofAda]);
    expect((await list(`?state=failed&asOf=${meanwhile}`)).items).toEqual([failed]);

    const refused = async (query: string) =>
      (await api.get<ProblemResponse>(`${path}?${query}`)).body.code;
    expect(await refused('state=accepted')).toBe('validation_failed');
    expect(await refused('asOf=2020-01-01')).toBe('as_of_too_early');
    expect(await refused('asOf=soon')).toBe('as_of_invalid');
    const token = await api.tokenOf('another');
    expect((await api.get(path, { token })).status).toBe(404);
  });
});
