import { describe, expect, it } from 'vitest';
import { Member } from '../../src/members/member.entity.js';
import { finished, requestSync, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

const htmx = { 'HX-Request': 'true', 'HX-Source': 'button#cancel-sync' };
const POLLING = /hx-get|hx-trigger|hx-swap/;

describe.each(ways)('cancelling, $way', (way) => {
  it('ends the run at once, says who did it, and polls no more', async () => {
    const { simulator, service, integration, admin, page, runs } = await startPages(way);
    const held = simulator.faults.on(/members/).hold();
    const run = await requestSync(service, integration.id);
    await held.arrived;
    const during = (await admin.get(`${page}/sync/progress`)).text;
    expect(during).toMatch(
      new RegExp(`hx-post="${runs}/${run.id}/cancel"\\s+hx-target="#member-sync-status"`),
    );
    const answer = await admin.post(`${runs}/${run.id}/cancel`, {}, htmx);
    expect([answer.status, answer.headers.get('hx-trigger')]).toEqual([
      200,
      'member-sync-finished',
    ]);
    expect(answer.text).toMatch(/^<div id="member-sync-status"/);
    expect(answer.text).toContain('Cancelled by admin@default.example.');
    expect(answer.text).not.toMatch(POLLING);
    for (const path of [
      page,
      `${page}/sync/progress`,
      `${runs}/${run.id}`,
      runs,
      '/integrations',
    ]) {
      const { text } = await admin.get(path);
      expect(text, path).toContain('badge-neutral badge-soft');
      expect(text, path).toMatch(
        /<bdi>Cancelled by admin@default\.example\.<\/bdi>(<\/strong>)?\s*<time/,
      );
      expect(text, path).not.toMatch(/badge-error|text-error|favicon-error/);
      expect(text, path).not.toMatch(/What to do|Nobody was removed/);
    }
    held.release();
    expect((await finished(service, run.id)).state).toBe('cancelled');
    expect(await service.dataSource.manager.count(Member)).toBe(0);
  });
});

describe('cancelling', () => {
  it('is no button for members, and no right of theirs or of other teams', async () => {
    const { simulator, service, integration, admin, page, runs } = await startPages();
    const held = simulator.faults.on(/members/).hold();
    const run = await requestSync(service, integration.id);
    await held.arrived;
    const member = await signedIn(service, { role: 'member' });
    for (const path of [page, `${page}/sync/progress`, `${runs}/${run.id}`])
      expect((await member.get(path)).text).not.toContain('/cancel');
    // What is looked at at once is read and rendered once, but not for somebody else's role.
    const looks = [admin, member, admin, member].map((one) => one.get(`${page}/sync/progress`));
    const buttons = (await Promise.all(looks)).map(({ text }) => text.includes('/cancel'));
    expect(buttons).toEqual([true, false, true, false]);
    expect((await member.post(`${runs}/${run.id}/cancel`)).status).toBe(403);
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.post(`${runs}/${run.id}/cancel`)).status).toBe(404);
    held.release();
    expect((await finished(service, run.id)).state).toBe('complete');
  });

  it('leads back to the run without htmx, and is no error once the run is finished', async () => {
    const { service, integration, admin, runs } = await startPages();
    const run = await syncToEnd(service, integration.id);
    const plain = await admin.post(`${runs}/${run.id}/cancel`);
    expect([plain.status, plain.headers.get('location')]).toEqual([303, `${runs}/${run.id}`]);
    const partial = await admin.post(`${runs}/${run.id}/cancel`, {}, htmx);
    expect(partial.status).toBe(200);
    expect(partial.text).toContain('badge-success');
    expect(partial.text).not.toMatch(POLLING);
    expect((await admin.post(`${runs}/999/cancel`)).status).toBe(404);
  });
});
