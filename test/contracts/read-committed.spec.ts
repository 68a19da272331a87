import { expect, it } from 'vitest';
import { startService } from '../support/service.js';

const ISOLATION =
  "SHOW SESSION VARIABLES WHERE Variable_name IN ('transaction_isolation', 'tx_isolation')";

it('reads what is committed on every connection to MySQL', async () => {
  const { dataSource } = await startService({ dialect: 'mysql' });
  const asked = Array.from({ length: 5 }, () => dataSource.query<{ Value: string }[]>(ISOLATION));
  const values = (await Promise.all(asked)).flat().map(({ Value }) => Value);
  expect(new Set(values)).toEqual(new Set(['READ-COMMITTED']));
});
