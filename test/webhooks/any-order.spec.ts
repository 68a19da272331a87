import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { Hint } from '../../src/integrations/hints/hint.entity.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { MemberChange } from '../../src/members/changes/member-change.entity.js';
import { Member } from '../../src/members/member.entity.js';
import type { HookNetwork } from '../../src/simulator/hooks/hook-sender.js';
import type { SimUser } from '../../src/simulator/user.js';
import { syncToEnd } from '../support/runs.js';
import { ways } from '../support/service.js';
import { until } from '../support/until.js';
import { startReceiving } from './support/receiving.js';

const change = fc.record({
  kind: fc.constantFrom('join', 'leave', 'return', 'rename', 'swap', 'role'),
  who: fc.nat(),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const network = fc.record({
  shuffled: fc.boolean(),
  parallel: fc.integer({ min: 1, max: 4 }),
  twice: fc.constantFrom(0, 0.5, 1),
  lost: fc.constantFrom(0, 0.3, 1),
  failed: fc.constantFrom(0, 0.3),
});

describe.each(ways)('whatever becomes of deliveries, $way', (way) => {
  async function start() {
    const env = { WEBHOOK_GATHER_MS: '20', SWEEP_SECONDS: '1' };
    const context = await startReceiving({ ...way, env });
    const { world, organization, owner, integration, manager, service, url, secret } = context;
    for (let i = 0; i < 20; i++) organization.join(world.addUser());
    await manager.update(GithubIntegration, { id: integration.id }, { holdAbovePeople: 1_000 });
    await syncToEnd(service, integration.id);
    const config = { url, secret, contentType: 'json' } as const;
    world.hooks.add(organization, { config, events: ['organization'], active: true });
    /** Everybody who left, once for each time. */
    const left: SimUser[] = [];
    const others = () => organization.members.filter(({ id }) => id !== owner.id);
    const pick = (who: number) => others()[who % others().length] ?? world.addUser();
    const leave = (user: SimUser) => {
      if (others().length < 3) return;
      organization.leave(user);
      left.push(user);
    };
    const changes = {
      join: () => organization.join(world.addUser()),
      leave: (who: number) => leave(pick(who)),
      return: (who: number) => {
        const back = left[who % Math.max(1, left.length)];
        if (back) organization.join(back);
      },
      rename: (who: number) => world.renameUser(pick(who), world.freeLogin('renamed')),
      swap: (who: number) => world.swapLogins(pick(who), pick(who + 1)),
      role: (who: number) => organization.setRole(pick(who), who % 2 ? 'admin' : 'member'),
    };
    return { ...context, left, changes };
  }

  it('nobody is removed who did not leave, and one whole run ends in the truth', async () => {
    const { simulator, organization, integration, service, manager, left, changes } = await start();
    const isSettled = async () =>
      (await manager.count(Hint)) === 0 &&
      (await manager.countBy(MemberSyncRun, { unfinishedIntegrationId: integration.id })) === 0;
    const play = async (sequence: Change[], over: HookNetwork) => {
      simulator.hooks.network = over;
      for (const { kind, who } of sequence) {
        if (kind === 'swap' && who % 2) await simulator.hooks.idle();
        changes[kind](who);
      }
      await simulator.hooks.idle();
      await until(isSettled);
      for (const { githubId } of await manager.findBy(MemberChange, { kind: 'left' }))
        expect(left.map(({ id }) => id)).toContain(githubId);
      await syncToEnd(service, integration.id);
      const active = await manager.findBy(Member, { status: 'active' });
      const shown = active.map(({ githubId, login, role }) => [githubId, login, role]).sort();
      const truth = organization
        .list()
        .map(({ user, role }) => [user.id, user.login, role])
        .sort();
      expect(shown).toEqual(truth);
    };
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 10 }), network, play),
      { numRuns: 8, endOnFailure: true },
    );
    const ofPeople = { scope: 'people', trigger: 'webhook', state: 'complete' } as const;
    expect(await manager.countBy(MemberSyncRun, ofPeople)).toBeGreaterThan(0);
  });
});
