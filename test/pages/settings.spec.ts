import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { connect, syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { startPages } from './support/pages.js';

async function started(way: Parameters<typeof startPages>[0] = {}) {
  const context = await startPages({ members: 3, ...way });
  const { manager } = context.service.dataSource;
  const settings = `${context.of}/settings`;
  const now = () => manager.findOneByOrFail(GithubIntegration, { id: context.integration.id });
  return { ...context, manager, settings, now };
}

const typed = {
  kind: 'weekly',
  weekday: '5',
  time: '22:15',
  zone: 'Europe/Berlin',
  holdAbovePercent: '50',
  holdAbovePeople: '12',
  keepDays: '90',
};

describe.each(ways)('the settings, $way', (way) => {
  it('are saved all at once, and show what is next by the clocks of the schedule and in UTC', async () => {
    const { admin, page, settings, now } = await started(way);
    expect((await admin.get(page)).text).toContain(`href="${settings}"`);
    const form = (await admin.get(settings)).text;
    expect(form).toContain('Manual only');
    expect(form).toMatch(/name="holdAbovePercent"\s+value="20"/);
    expect(form).toMatch(/name="holdAbovePeople"\s+value="5"/);
    expect(form).toMatch(/name="keepDays"\s+value=""[^>]*placeholder="730"/);
    const answer = await admin.post(settings, typed);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, settings]);
    const saved = (await admin.follow(answer)).text;
    expect(saved).toContain('Settings saved.');
    expect(await now()).toMatchObject({
      ...{ scheduleKind: 'weekly', scheduleWeekday: 5, scheduleTime: '22:15' },
      ...{ scheduleZone: 'Europe/Berlin', holdAbovePercent: 50, holdAbovePeople: 12, keepDays: 90 },
    });
    const { nextSyncAt } = await now();
    expect(saved).toContain(nextSyncAt?.toISOString());
    expect(saved).toMatch(/<\/time> \(Fri \d+ \w{3} \d{4}, 22:\d\d Europe\/Berlin\)/);
    expect(saved).toMatch(/<option value="5" selected>Friday/);
    expect(saved).toMatch(/value="weekly"\s+checked/);
    expect((await admin.get('/integrations')).text).toContain(
      'every Friday at 22:15, Europe/Berlin',
    );
    await admin.post(settings, { ...typed, kind: 'off', keepDays: '' });
    expect(await now()).toMatchObject({ scheduleKind: 'off', nextSyncAt: null, keepDays: null });
    expect((await admin.get(settings)).text).toContain('Manual only');
  });

  it.each([
    ['kind', 'sometimes', 'Choose how often'],
    ['weekday', '8', 'Choose a day'],
    ['time', '24:00', 'such as 03:00'],
    ['zone', 'Mars/Olympus"><script>', 'such as Europe/Berlin'],
    ['holdAbovePercent', '101', 'a whole number from 0 to 100.'],
    ['holdAbovePercent', '', 'a whole number from 0 to 100.'],
    ['holdAbovePeople', '1.5', 'a whole number from 0 to 1,000,000.'],
    ['holdAbovePeople', 'x"><script>', 'a whole number from 0 to 1,000,000.'],
    ['keepDays', '0', 'a whole number from 1 to 36,500'],
    ['keepDays', '36501', 'a whole number from 1 to 36,500'],
  ])('take no %s of %s, save nothing, and keep what was typed', async (field, value, says) => {
    const { admin, settings, integration, now } = await started(way);
    const answer = await admin.post(settings, { ...typed, [field]: value });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(says);
    expect(answer.text).toContain('Not saved.');
    expect(answer.text).not.toContain('"><script>');
    const { kind, weekday, ...fields } = typed;
    for (const [name, kept] of Object.entries(fields))
      if (name !== field)
        expect(answer.text).toMatch(new RegExp(`name="${name}"[^>]*value="${kept}"`));
    if (field !== 'kind') expect(answer.text).toMatch(/value="weekly"\s+checked/);
    expect(await now()).toMatchObject({
      ...{ scheduleKind: 'off', holdAbovePercent: 20, holdAbovePeople: 5, keepDays: null },
      updatedAt: integration.updatedAt,
    });
  });

  it('show a refusal of the credential, and none any more once it was replaced', async () => {
    const { service, admin, settings, integration, world, token, owner } = await started(way);
    const refusals = async () => {
      const pages = await Promise.all([settings, '/integrations'].map((path) => admin.get(path)));
      return pages.map(({ text }) => text.includes('Refused by GitHub'));
    };
    world.revokeToken(token);
    await syncToEnd(service, integration.id);
    expect(await refusals()).toEqual([true, true]);
    world.addToken({ token: 'ghp_new', user: owner });
    await connect(service, 'ghp_new');
    expect(await refusals()).toEqual([false, false]);
  });
});

describe('the settings', () => {
  it('leave as it is what was not sent', async () => {
    const { admin, settings, now } = await started();
    await admin.post(settings, typed);
    await admin.post(settings, { holdAbovePeople: '13' });
    expect(await now()).toMatchObject({
      ...{ scheduleKind: 'weekly', holdAbovePercent: 50, holdAbovePeople: 13, keepDays: 90 },
    });
  });

  it('are for admins of the team', async () => {
    const { service, settings, page } = await started();
    const member = await signedIn(service, { role: 'member' });
    expect((await member.get(page)).text).not.toContain('/settings');
    expect((await member.get(settings)).status).toBe(403);
    expect((await member.post(settings, typed)).status).toBe(403);
    const stranger = await signedIn(service, { team: 'other' });
    expect((await stranger.get(settings)).status).toBe(404);
    expect((await stranger.post(settings, typed)).status).toBe(404);
  });

  it('show how the credential is, and that the schedule is paused where GitHub refused it', async () => {
    const { service, admin, settings, integration, world, token } = await started();
    const fine = (await admin.get(settings)).text;
    expect(fine).toContain('Personal access token');
    expect(fine).toContain('No expiry');
    expect(fine).toContain(
      'all members, roles, two-factor authentication, and public email addresses',
    );
    expect(fine).toMatch(/href="\/onboarding\?replace=\d+">Replace the credential/);
    await admin.post(settings, typed);
    world.revokeToken(token);
    await syncToEnd(service, integration.id);
    const refused = (await admin.get(settings)).text;
    expect(refused).toContain('Refused by GitHub');
    expect(refused).toContain('Paused: GitHub rejected the credential');
  });
});
