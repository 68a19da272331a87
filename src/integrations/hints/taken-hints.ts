import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { RunLease } from '../runs/run-lease.js';
import { EVERYBODY, Hint, WAITING } from './hint.entity.js';
import { MAX_PEOPLE } from './max-people.js';
import { waiting } from './waiting-hints.js';

/** Gives the hints that wait to the run that looks at them. */
@Injectable()
export class TakenHints {
  /**
   * The hints of a run of scope `people`; a run that another worker began has them already. Null for a run of scope
   * `everybody`, which notes how far it knows hints. A run of scope `people` becomes one if too many people wait now.
   */
  async begin(lease: RunLease): Promise<Hint[] | null> {
    const { id: runId, integrationId, scope, people, hintsUntil } = lease.run;
    const { manager } = lease;
    if (scope === 'everybody') {
      const newest = hintsUntil === null ? await newestOf(manager, integrationId) : null;
      if (newest !== null) await lease.write(async () => ({ hintsUntil: newest }));
      return null;
    }
    if (people !== null) return manager.findBy(Hint, { integrationId, runId });
    let hints: Hint[] | null = [];
    await lease.write(async (manager) => {
      const found = await waiting(manager, integrationId)
        .limit(MAX_PEOPLE + 1)
        .getMany();
      if (found.length > MAX_PEOPLE || found.some(({ subject }) => subject === EVERYBODY)) {
        hints = null;
        return { scope: 'everybody', hintsUntil: await newestOf(manager, integrationId) } as const;
      }
      hints = found;
      await manager.update(Hint, { id: In(found.map(({ id }) => id)) }, { runId });
      return { people: found.length };
    });
    return hints;
  }
}

const newestOf = (manager: EntityManager, integrationId: number): Promise<number | null> =>
  manager.maximum(Hint, 'id', { integrationId, runId: WAITING });
