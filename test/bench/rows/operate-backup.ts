import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, median, seconds, times } from '../support/figures.js';
import { MeasuredProcess } from '../support/measured-process.js';
import { rollcall } from '../support/rollcall.js';
import type { Rounds } from '../support/rounds.js';
import type { Row } from '../support/row.js';
import { tell } from '../support/tell.js';

const MEMBERS = 100_000;
const TURNS = 3;
const LATENCY_MS = 20;

interface Report {
  state: string;
  wallMs: number;
}

/** A sync with a backup under way, against one alone; nothing has changed for either. */
export async function operateBackup({ lab }: Rounds): Promise<Row[]> {
  // Limits a minute would make each sync wait, and hide what the backup costs.
  const args = [...[MEMBERS, LATENCY_MS, LATENCY_MS].map(String), 'without limits'];
  const github = new MeasuredProcess('simulator', { args });
  const env = await lab.environment('embedded', { url: await github.call('url') });
  const subject = new MeasuredProcess('subject', { env });
  const sync = async (): Promise<number> => {
    const { state, wallMs } = await subject.call<Report>('sync');
    if (state !== 'complete') throw new Error(`The sync ended as '${state}'.`);
    return wallMs;
  };
  await subject.call('connect', 'acme', await github.call('reset'));
  tell(`${MEMBERS} members: ${seconds(await sync())} for the first sync`);
  const [alone, beside, backups]: number[][] = [[], [], []];
  for (let turn = 0; turn < TURNS; turn++) {
    alone?.push(await sync());
    const file = join(tmpdir(), `backup-${turn}.sqlite`);
    const started = performance.now();
    const copied = rollcall(['backup', file, '--passphrase-stdin'], env, 'a long passphrase').then(
      () => backups?.push(performance.now() - started),
    );
    beside?.push(await sync());
    await copied;
  }
  await subject.call('close');
  await Promise.all([subject.end(), github.end()]);
  const [one, other] = [median(alone ?? []), median(beside ?? [])];
  return [
    {
      what: `sync of ${count(MEMBERS)}, nothing changed, while a backup is taken, embedded`,
      measured: `${times(other / one)} (${seconds(other)} to ${seconds(one)}; the backup takes ${seconds(median(backups ?? []))})`,
      mustReach: 'at most 1.2 times',
      ok: other <= 1.2 * one,
    },
  ];
}
