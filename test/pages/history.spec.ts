import { describe, expect, it } from 'vitest';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { makePastRuns } from '../support/past-runs.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
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

/** The summaries, without their markup. */
const sentences = (text: string): string[] =>
  [...text.matchAll(/<p class="run-summary[^>]*>(.*?)<\/p>/gs)].map(([, html = '']) =>
    html.replace(/<[^>]*>/g, '').trim(),
  );
