import { describe, expect, it } from 'vitest';
import { teamSizes } from '../../src/admin/overview/team-sizes.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { signedIn } from '../support/web.js';
import { afterLeaving, startPages } from './support/pages.js';

const words = (text: string): string => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe.each(ways)("a team's overview, $way", (way) => {
  it('shows what needs attention, what changed, and the next syncs', async () => {
    const { admin, service, integration, organization, others, run } = await afterLeaving(8, way);
    const { manager } = service.dataSource;
    const first = (await admin.get('/')).text;
    expect(words(first)).toContain('20 active members in 1 organization of the team default');
    expect(first).toContain(`href="/integrations/github/${integration.id}/runs/${run.id}#held"`);
    expect(words(first)).toContain('8 removals need a decision.');
    expect(words(first)).toContain('Nothing changed.');
    expect(words(first)).toContain('No organization has a schedule.');

    for (const person of others.slice(0, 8)) organization.join(person);
    const [leaver] = others.slice(10);
    if (!leaver) throw new Error('There are too few members.');
    organization.leave(leaver);
    await syncToEnd(service, integration.id);
    await manager.update(
      GithubIntegration,
      { id: integration.id },
      { scheduleKind: 'hourly', nextSyncAt: new Date(Date.now() + 600_000) },
    );
    const text = (await admin.get('/')).text;
    expect(words(text)).not.toContain('Needs attention');
    expect(text).toMatch(/runs\?kind&#x3D;left"><strong[^>]*>1<\/strong> left</);
    expect(words(text)).not.toContain('20 joined');
    expect(words(text)).toMatch(/Next syncs acme in (9|10) minutes/);
    expect(words(text)).toContain('Active members 20 → 19');
    const others2 = await signedIn(service, { team: 'others' });
    expect((await others2.get('/')).text).not.toContain('acme');
  });

  it('says what to do first, until it is done, and only to admins', async () => {
    const { admin, service, integration } = await startPages(way);
    const text = (await admin.get('/')).text;
    expect(words(text)).toContain('First steps');
    expect(words(text)).toContain('Done: Connect an organization');
    expect(text).toContain(
      `href="/integrations/github/${integration.id}/settings">Choose a schedule`,
    );
    expect(text).toContain('href="/users">Invite your team');
    const member = await signedIn(service, { role: 'member' });
    expect(words((await member.get('/')).text)).not.toContain('First steps');
    const { manager } = service.dataSource;
    await manager.update(GithubIntegration, { id: integration.id }, { scheduleKind: 'daily' });
    expect(words((await admin.get('/')).text)).not.toContain('First steps');
  });
});

it('the size of a team is the sum of what is known of each directory', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  expect(
    teamSizes([
      [
        { at: at(1), active: 10 },
        { at: at(3), active: 12 },
      ],
      [{ at: at(2), active: 5 }],
      [],
    ]),
  ).toEqual([
    { at: at(1), active: 10 },
    { at: at(2), active: 15 },
    { at: at(3), active: 17 },
  ]);
});
