import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Hint, WAITING } from './hint.entity.js';

/** The hints that wait for a run and may be handled now, oldest first. */
export const waiting = (manager: EntityManager, integrationId: number): SelectQueryBuilder<Hint> =>
  manager
    .createQueryBuilder(Hint, 'hint')
    .where({ runId: WAITING, integrationId })
    .andWhere('(hint.not_before IS NULL OR hint.not_before <= :now)', { now: new Date() })
    .orderBy('hint.id');
