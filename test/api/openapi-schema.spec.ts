import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { startApi } from './support/api.js';

it('is a valid OpenAPI document', async () => {
  const { api } = await startApi();
  const { valid, errors } = await new Validator().validate({ ...api.contract.document });
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
});
