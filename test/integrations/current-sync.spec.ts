import { expect, it } from 'vitest';
import { CurrentSync } from '../../src/integrations/runs/current-sync.js';
import { finished, requestSync, startConnected } from '../support/runs.js';
import { ways } from '../support/service.js';

const LOOKERS = 8;

it.each(ways)(
  'an integration and its latest run tell the same at any time, $way',
  async (way) => {
    const { service, integration } = await startConnected(3, way);
    const current = service.app.get(CurrentSync, { strict: false });
    const follow = async (until: () => boolean): Promise<void> => {
      while (!until()) {
        const read = await current.read(1, integration.id);
        if (!read.latest) continue;
        const isSyncing = read.integration.memberSyncStatus === 'syncing';
        expect(isSyncing).toBe(read.latest.finishedAt === null);
      }
    };
    for (let run = 0; run < 5; run++) {
      let isOver = false;
      const lookers = Array.from({ length: LOOKERS }, () => follow(() => isOver));
      const { id } = await requestSync(service, integration.id);
      await finished(service, id);
      isOver = true;
      await Promise.all(lookers);
    }
  },
  60_000,
);
