import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { RunLease } from '../runs/run-lease.js';
import { Hint, WAITING } from './hint.entity.js';
import { EVERYBODY } from './hint-subject.js';
import { MAX_PEOPLE } from './max-people.js';
import { MAY_START } from './waiting-hints.js';

/** Gives the hints that wait to the run that looks at them. */
@Injectable()
export class TakenHints {
  /**
   * The hints of a run of scope `people`; a run that another worker began has them already. Null for a run of scope
   * `everybody`, which notes how far it knows hints. A run of scope `people` becomes one if too many people wait now.
   */
  async begin(lease: RunLease): Promise<Hint[] | null> {
    const { id: runId, integrationId, scope, epoch } = lease.run;
    const { manager } = lease;
    const newest = () => manager.maximum(Hint, 'id', { integrationId, runId: WAITING });
    if (scope === 'everybody') {
      // Only when it begins: a run that goes on has looked at people before a hint that came meanwhile.
      const until = epoch === 1 ? await newest() : null;
      if (until !== null) await lease.write(async () => ({ hintsUntil: until }));
      return null;
    }
    const found = await ofRunOrWaiting(manager, { runId, integrationId });
    const taken = found.filter((hint) => hint.runId === runId);
    if (taken.length > 0) return taken;
    if (found.length > MAX_PEOPLE || found.some(({ subject }) => subject === EVERYBODY)) {
      const until = await newest();
      await lease.write(async () => ({ scope: 'everybody', hintsUntil: until }));
      return null;
    }
    await manager.update(Hint, { id: In(found.map(({ id }) => id)) }, { runId });
    return found;
  }
}

/** Those of the run first. */
const ofRunOrWaiting = (
  manager: EntityManager,
  { runId, integrationId }: { runId: number; integrationId: number },
): Promise<Hint[]> =>
  manager
    .createQueryBuilder(Hint, 'hint')
    .where({ integrationId })
    .andWhere(`(hint.run_id = :runId OR (hint.run_id = ${WAITING} AND ${MAY_START}))`, {
      runId,
      now: new Date(),
    })
    .orderBy('hint.runId', 'DESC')
    .addOrderBy('hint.id')
    .limit(MAX_PEOPLE + 1)
    .getMany();
