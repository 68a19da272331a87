import { describe, expect, it } from 'vitest';
import { auditHash, FIRST_HASH } from '../../src/accounts/audit/audit-hash.js';
import type { AuditEntryResponse } from '../../src/api/audit/audit-entry.response.js';
import type { Page } from '../../src/api/shared/page.js';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { ways } from '../support/service.js';
import { connected } from './support/api.js';
import { everything } from './support/pages.js';
import { finishedRun } from './support/runs.js';

const PATH = '/api/v1/audit';

describe.each(ways)('the audit log over the API, $way', (way) => {
  async function started() {
    const stage = await connected({ ...way, members: 3 });
    await finishedRun(stage.api, stage.id);
    return stage;
  }

  it('is listed newest first, page by page, and only for the own team', async () => {
    const { api } = await started();
    const all = await everything<AuditEntryResponse>(api, PATH, 1);
    expect(all.map(({ action }) => action)).toEqual([
      'sync.request',
      'integration.connect',
      'token.create',
      'user.create',
    ]);
    expect(all[0]).toMatchObject({
      actor: { kind: 'token', name: 'nightly-report' },
      subject: 'acme',
      after: { run: 1, trigger: 'api' },
    });
    expect((await api.get<Page<AuditEntryResponse>>(PATH)).body.items).toEqual(all);
    const theirs = await api.get<Page<AuditEntryResponse>>(PATH, {
      token: await api.tokenOf('others'),
    });
    expect(theirs.body.items.map(({ action }) => action)).toEqual(['token.create']);
  });

  it('can be checked without Rollcall', async () => {
    const { api } = await started();
    const all = await everything<AuditEntryResponse>(api, PATH, 30);
    let hash = FIRST_HASH;
    for (const { actor, at, ...entry } of all.toReversed()) {
      const { kind: actorKind, name: actorName } = actor;
      hash = auditHash(hash, { ...entry, at: new Date(at), actorKind, actorName });
      expect(entry.hash).toBe(hash);
    }
  });

  it('is filtered, and is CSV or NDJSON where that is accepted', async () => {
    const { api } = await started();
    const actions = async (query: string) =>
      (await api.get<Page<AuditEntryResponse>>(`${PATH}?${query}`)).body.items.map(
        ({ action }) => action,
      );
    const today = new Date().toISOString().slice(0, 10);
    expect(await actions('action=sync.request')).toEqual(['sync.request']);
    expect(await actions('actor=nightly-report&action=sync.request')).toEqual(['sync.request']);
    expect(await actions('actor=nobody')).toEqual([]);
    expect(await actions(`since=${today}&until=${today}`)).toHaveLength(4);
    expect(await actions('until=2026-01-01')).toEqual([]);
    expect(await actions('since=2099-01-01')).toEqual([]);
    expect(await actions('until=9999-12-31')).toHaveLength(4);
    expect(await actions(`since=${today}T00:00:00Z`)).toHaveLength(4);
    expect(await actions(`until=${today}T00:00:00Z`)).toEqual([]);
    for (const since of ['2026-02-30', '0000-01-01', 'today', '2026-03-01T25:00:00Z'])
      expect(await api.get<ProblemResponse>(`${PATH}?since=${since}`)).toMatchObject({
        status: 422,
        body: { code: 'period_invalid' },
      });
    const asked = await api.call('HEAD', PATH, { headers: { accept: 'text/csv' } });
    expect(asked.status).toBe(200);
    const ndjson = await api.get(PATH, { headers: { accept: 'application/x-ndjson' } });
    expect(ndjson.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
    const lines = ndjson.text.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).action)).toContain('integration.connect');
    const csv = await api.get(`${PATH}?action=export`, { headers: { accept: 'text/csv' } });
    expect(csv.text.split('\r\n')).toEqual([
      'id,at,actorKind,actor,action,subject,address,before,after,hash',
      expect.stringContaining(',token,nightly-report,export,default-audit.csv,'),
      expect.stringContaining(',token,nightly-report,export,default-audit.ndjson,'),
      '',
    ]);
    expect((await api.get(PATH, { headers: { accept: 'text/html' } })).status).toBe(406);
  });
});
