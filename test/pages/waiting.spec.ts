import { describe, expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { finished, requestSync } from '../support/runs.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { startPages } from './support/pages.js';

describe.each(ways)("a wait for GitHub's limit on the page, $way", (way) => {
  it('says until when, goes on polling, and can be cancelled at once', async () => {
    const { simulator, service, integration, admin, page, runs } = await startPages(way);
    simulator.faults.on(MEMBER_PAGES).secondaryLimit(1_800);
    const { id } = await requestSync(service, integration.id);
    const waiting = await until(async () => {
      const { text } = await admin.get(`${page}/sync/progress`);
      return /rate limit/.test(text) && text;
    });
    expect(waiting).toMatch(/Waiting for GitHub(&#x27;|&#39;|')s rate limit until <time/);
    expect(waiting).toContain('Syncing');
    expect(waiting).toContain(`hx-get="${page}/sync/progress"`);
    expect((await admin.get(`${runs}/${id}`)).text).toMatch(/rate limit/);
    const answer = await admin.post(`${runs}/${id}/cancel`, {}, { 'HX-Request': 'true' });
    expect(answer.text).toContain('Cancelled by admin@default.example.');
    expect((await finished(service, id)).state).toBe('cancelled');
  });
});
