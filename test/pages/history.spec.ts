import { describe, expect, it } from 'vitest';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../src/members/member.entity.js';
import { makePastRuns } from '../support/past-runs.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

const day = (date: number) => new Date(`2026-10-0${date}T12:00:00.000Z`);

describe.each(ways)('the history, $way', (way) => {
  it('says what each run did, and draws how large the directory was', async () => {
    const { service, integration, admin, runs } = await startPages(way);
    expect((await admin.get(runs)).text).not.toContain('<svg');
    await makePastRuns(service, integration.id, [{ at: day(1), active: 1_200 }]);
    expect((await admin.get(runs)).text).not.toContain('<svg');
    await makePastRuns(service, integration.id, [
      { at: day(4), active: 1_300 },
      { at: day(5), active: 1_250 },
    ]);
    const { text } = await admin.get(runs);
    expect(text).toContain('role="img" aria-labelledby="sizes"');
    expect(text).toContain(
      'Active members from 1 Oct 2026 to 5 Oct 2026, UTC: first 1,200, last 1,250, least 1,200, most 1,300',
    );
    expect(text).toContain('d="M0 96H742.5V4H990V50H1000"');
    expect(text).not.toMatch(/ style=/);
    expect(sentences(text)).toEqual([
      '50 left; 1,250 unchanged',
      '1,300 members found',
      '1,200 members found',
    ]);
    expect(text).toContain(`href="${runs}/3/changes?kind&#x3D;left"`);
    expect((await admin.get(`${runs}?before=3`)).text).not.toContain('<svg');
  });

  it('tells of a sync that changed nothing, and of old runs what is known', async () => {
    const { service, integration, admin, page, runs } = await startPages(way);
    const first = await syncToEnd(service, integration.id);
    await syncToEnd(service, integration.id);
    const nothing = 'Nothing changed; 3 members unchanged';
    expect(sentences((await admin.get(runs)).text)).toEqual([nothing, '3 members found']);
    expect(sentences((await admin.get(`${page}/sync/progress`)).text)).toEqual([nothing]);
    await service.dataSource.manager.update(
      MemberSyncRun,
      { id: first.id },
      { changeCounts: null, activeAfter: null },
    );
    expect(sentences((await admin.get(`${runs}/${first.id}`)).text)).toEqual(['3 members found']);
    expect((await admin.get(runs)).text).not.toContain('<svg');
  });
});

describe.each(ways)('the history of what people did, $way', (way) => {
  async function started() {
    const context = await startPages({ ...way, members: 8 });
    const { service, integration, organization, others, of } = context;
    await syncToEnd(service, integration.id);
    const [gone, disabled] = others;
    if (!gone || !disabled) throw new Error('There are too few.');
    organization.leave(gone);
    const leaving = await syncToEnd(service, integration.id);
    const member = await service.dataSource.manager.findOneByOrFail(Member, {
      githubId: disabled.id,
    });
    const ada = await signedIn(service, { email: 'ada@example.com' });
    await ada.post(`${of}/members/${member.id}/disable`);
    await ada.post(`${of}/members/${member.id}/enable`);
    return { ...context, gone, disabled, leaving, ada };
  }

  it('has runs and what was done by hand in one list, with who and when', async () => {
    const { admin, runs, disabled } = await started();
    const { text } = await admin.get(runs);
    expect(rows(text)).toEqual(['change', 'change', 'run', 'run']);
    expect(text).toMatch(
      new RegExp(`>Enabled<[\\s\\S]*>${disabled.login}<[\\s\\S]*>ada@example\\.com<[\\s\\S]*<time`),
    );
    expect(text).toMatch(/>Disabled<[\s\S]*>ada@example\.com<[\s\S]*<time/);
  });

  it('is filtered by kind, person and who asked', async () => {
    const { admin, runs, gone, disabled, leaving } = await started();
    const found = async (query: string) => rows((await admin.get(`${runs}?${query}`)).text);
    expect(await found('kind=sync')).toEqual(['run', 'run']);
    expect(await found('kind=undo')).toEqual([]);
    expect(await found('kind=left')).toEqual(['run']);
    expect(await found('kind=disabled')).toEqual(['change']);
    expect(await found('kind=none')).toHaveLength(4);
    expect(await found(`person=${gone.login}`)).toEqual(['run', 'run']);
    expect(await found(`person=${gone.login}&kind=left`)).toEqual(['run']);
    expect(await found(`person=${disabled.login}`)).toEqual(['change', 'change', 'run']);
    expect(await found('person=nobody-at-all')).toEqual([]);
    expect(await found('by=ADA%40ex')).toHaveLength(4);
    expect(await found('by=%25')).toEqual([]);
    await admin.post(`${runs}/${leaving.id}/undo`);
    expect(await found('kind=undo')).toEqual(['run']);
    expect(await found('by=admin')).toEqual(['run']);
    const { text } = await admin.get(`${runs}?kind=left&person=${gone.login}&by=ada`);
    expect(text).toMatch(/<option value="left" selected/);
    expect(text).toContain(`value="${gone.login}"`);
    expect(text).toContain('>Clear<');
  });

  it('goes on with older ones, each once', async () => {
    const { service, integration, admin, runs, of } = await started();
    const member = await service.dataSource.manager.findOneByOrFail(Member, { status: 'active' });
    for (let i = 0; i < 15; i++)
      for (const word of ['disable', 'enable'] as const)
        await admin.post(`${of}/members/${member.id}/${word}`);
    await syncToEnd(service, integration.id);
    const seen: string[] = [];
    for (let next: string | undefined = runs; next; ) {
      const { text } = await admin.get(next);
      seen.push(...[...text.matchAll(/<li id="((?:run|change)-\d+)"/g)].map(([, id = '']) => id));
      next = /rel="next" href="([^"]*)">Older/.exec(text)?.[1]?.replaceAll('&#x3D;', '=');
    }
    expect(seen).toHaveLength(35);
    expect(new Set(seen).size).toBe(35);
  });

  it('is a file of CSV or JSON, with the filters of the page', async () => {
    const { admin, runs, gone, leaving } = await started();
    const csv = await admin.get(`${runs}/export?person=${gone.login}`);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toContain('acme-history.csv');
    const lines = csv.text.trim().split('\r\n');
    expect(lines[0]).toMatch(/^\ufeff?at,kind,by,run,runId,trigger,state,created/);
    expect(lines).toHaveLength(3);
    const json = await admin.get(`${runs}/export?format=json`);
    expect(json.headers.get('content-disposition')).toContain('acme-history.json');
    expect(JSON.parse(json.text)).toMatchObject([
      { kind: 'enabled', by: 'ada@example.com', run: null },
      { kind: 'disabled', by: 'ada@example.com', run: null },
      { kind: 'run', run: { id: leaving.id, number: 2 }, member: null },
      { kind: 'run', run: { number: 1 } },
    ]);
  });

  it('and its files are shown to nobody of another team', async () => {
    const { service, runs, leaving } = await started();
    const stranger = await signedIn(service, { team: 'other' });
    for (const path of ['', '/export', `/${leaving.id}/changes/export`])
      expect((await stranger.get(runs + path)).status, path).toBe(404);
    const member = await signedIn(service, { role: 'member' });
    for (const path of ['', '/export', `/${leaving.id}/changes/export`])
      expect((await member.get(runs + path)).status, path).toBe(200);
  });
});

const rows = (text: string): string[] =>
  [...text.matchAll(/<li id="(run|change)-\d+"/g)].map(([, kind = '']) => kind);

/** The summaries, without their markup. */
const sentences = (text: string): string[] =>
  [...text.matchAll(/<p class="run-summary[^>]*>(.*?)<\/p>/gs)].map(([, html = '']) =>
    html.replace(/<[^>]*>/g, '').trim(),
  );
