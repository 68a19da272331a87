import type { Scenario } from '../support/scenario.js';
import { commandAndClick, fiftyClicks } from './at-once.js';
import { cancelled } from './cancelled.js';
import { diskFull } from './disk.js';
import { jobTwice, lockLost } from './doubled.js';
import { frozen } from './frozen.js';
import * as killed from './killed.js';
import { deadlock, mariadbRestarted, tooManyConnections } from './mariadb.js';
import { poisoned } from './poisoned.js';
import { redisFlushed, redisRestarted, redisStopped } from './redis.js';

export const scenarios: Scenario[] = [
  killed.workerKilled,
  killed.oneOfTwoWorkersKilled,
  frozen,
  killed.webKilled,
  jobTwice,
  lockLost,
  fiftyClicks,
  commandAndClick,
  cancelled,
  redisStopped,
  redisRestarted,
  redisFlushed,
  mariadbRestarted,
  deadlock,
  tooManyConnections,
  poisoned,
  killed.embeddedKilled,
  killed.embeddedKilledAtClick,
  diskFull,
];
