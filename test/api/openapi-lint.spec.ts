import { createConfig, lintFromString } from '@redocly/openapi-core';
import { expect, it } from 'vitest';
import { startApi } from './support/api.js';

/** Nothing that a client sends is wrong there: what supervises the processes sends nothing at all. */
const isHealth = (pointer = ''): boolean => pointer.startsWith('#/paths/~1health~1');

it('is a document in which Redocly’s linter finds nothing', async () => {
  const { api } = await startApi();
  const problems = await lintFromString({
    source: JSON.stringify(api.contract.document),
    absoluteRef: 'openapi.json',
    config: await createConfig({ extends: ['recommended-strict'] }),
  });
  const found = problems.map(({ ruleId, message, location: [place] }) => ({
    ruleId,
    message,
    pointer: place?.pointer,
  }));
  const counted = found.filter(
    ({ ruleId, pointer }) => ruleId !== 'operation-4xx-response' || !isHealth(pointer),
  );
  expect(counted).toEqual([]);
  expect(found.length - counted.length).toBe(2);
});
