import type { Scenario } from '../support/scenario.js';
import * as killed from './killed.js';

export const scenarios: Scenario[] = [
  killed.workerKilled,
  killed.oneOfTwoWorkersKilled,
  killed.webKilled,
  killed.embeddedKilled,
  killed.embeddedKilledAtClick,
];
