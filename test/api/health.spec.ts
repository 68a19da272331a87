import { expect, it } from 'vitest';
import { ways } from '../support/service.js';
import { startApi } from './support/api.js';

it.each(ways)('the health of a process is told to everybody, $way', async (way) => {
  const { api, dataSource } = await startApi(way);
  const ask = (path: string) => api.get(path, { token: null });
  for (const path of ['/health/live', '/health/ready'])
    expect(await ask(path)).toMatchObject({ status: 200, body: { status: 'ok' } });
  await dataSource.destroy();
  expect(await ask('/health/live')).toMatchObject({ status: 200 });
  expect(await ask('/health/ready')).toMatchObject({
    status: 503,
    body: { code: 'database_unavailable' },
  });
  expect((await api.post('/health/ready')).headers.get('Allow')).toBe('GET, HEAD');
  await dataSource.initialize();
});
