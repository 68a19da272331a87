import { expect, it } from 'vitest';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { startPages } from '../pages/support/pages.js';
import { finished, requestSync } from '../support/runs.js';
import { enter } from '../support/visitor.js';
import { comeBack, status } from './support/progress.js';
import { shifts, watchShifts } from './support/shifts.js';

it.each([1280, 640, 320])(
  'nothing moves when the state changes, %i px wide',
  async (width) => {
    const started = await startPages({ members: 60 });
    const { simulator, service, integration, organization, others, world, owner, token } = started;
    const { page } = await enter(service, { viewport: { width, height: 900 } });
    await page.goto(started.page);
    await watchShifts(page);
    const search = page.getByRole('search');
    const place = await search.boundingBox();
    const shows = async (state: string, words: string) => {
      await status(page).getByText(words).first().waitFor();
      expect(await search.boundingBox(), state).toEqual(place);
      expect(await shifts(page), state).toEqual([]);
    };
    const sync = async (state: string, words = 'Syncing') => {
      const { id } = await requestSync(service, integration.id);
      await comeBack(page);
      await shows(state, words);
      return id;
    };
    await shows('pending', 'Pending');

    let held = simulator.faults.on(MEMBER_PAGES).hold();
    await sync('syncing');
    held.release();
    await shows('complete', '60 members found');
    const later = await page.context().newPage();
    await later.goto(started.page);
    const idle = await later.locator('.sync-card').boundingBox();
    expect(idle?.height, 'one line once the run is over').toBeLessThan(60);
    await later.close();

    for (const person of others.slice(0, 30)) organization.leave(person);
    for (let i = 0; i < 12; i++) organization.join(world.addUser());
    held = simulator.faults.on(MEMBER_PAGES).hold();
    await sync('syncing-again');
    held.release();
    await shows('held', '30 people may have left.');

    world.revokeToken(token);
    await sync('error', 'GitHub rejected the token');

    world.addToken({ token, user: owner });
    simulator.faults.on(MEMBER_PAGES).secondaryLimit(3_590);
    const waiting = await sync('waiting', "Waiting for GitHub's rate limit");
    await page.getByRole('button', { name: 'Cancel' }).click();
    await shows('cancelled', 'Cancelled by admin@default.example.');
    await finished(service, waiting);
  },
  120_000,
);
