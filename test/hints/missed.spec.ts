import { describe, expect, it } from 'vitest';
import { Webhook } from '../../src/integrations/webhooks/webhook.entity.js';
import { ways } from '../support/service.js';
import { startHinted } from './support/hinted.js';

describe.each(ways)('what no hint had told, $way', (way) => {
  it('is counted by runs of everybody: who joined, left or returned', async () => {
    const { world, integration, organization, others, store, sync, manager } = await startHinted(
      12,
      { ...way, env: { SWEEP_SECONDS: '600' } },
    );
    const [leaver, told, renamed] = others;
    if (!leaver || !told || !renamed) throw new Error('There are too few people.');
    organization.leave(leaver);
    expect((await sync()).missed).toBeNull();
    await manager.insert(Webhook, {
      integrationId: integration.id,
      urlKey: 'f'.repeat(32),
      sealedSecret: 'x',
      createdAt: new Date(),
    });
    const joiner = world.addUser();
    organization.join(joiner);
    organization.leave(told);
    world.renameUser(renamed, 'no-delivery-tells');
    await store([told]);
    const run = await sync();
    expect(run.result).toMatchObject({ created: 1, deactivated: 1, updated: 1 });
    expect(run.missed).toBe(1);
  });
});
