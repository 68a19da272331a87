import { expect, it, onTestFinished } from 'vitest';
import { demoWorld } from '../../src/simulator/demo-organization.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { startApi, startServer } from './support/api.js';
import type { Operation } from './support/contract.js';
import { finishedRun } from './support/runs.js';
import { sampleOf } from './support/samples.js';

const nameOf = ({ method, path }: Operation): string => `${method} ${path}`;

/** A path with the documented examples in the place of its parameters. */
function exampleAddress({ path, parameters }: Operation): string {
  return path.replace(/\{(\w+)\}/g, (_, name) =>
    String(parameters.find((parameter) => parameter.name === name)?.schema.example),
  );
}

it('documents every route of the API and no page', async () => {
  const { api, url } = await startApi();
  expect(api.contract.operations.map(nameOf).sort()).toEqual([
    'DELETE /api/v1/integrations/{id}',
    'GET /api/v1/integrations',
    'GET /api/v1/integrations/{id}',
    'GET /api/v1/integrations/{id}/member-syncs',
    'GET /api/v1/integrations/{id}/members',
    'GET /api/v1/member-syncs/{runId}',
    'POST /api/v1/integrations',
    'POST /api/v1/integrations/{id}/member-syncs',
  ]);
  const { openapi, info } = api.contract.document;
  expect(openapi).toMatch(/^3\.1\./);
  expect(info.title).toBe('Rollcall');
  const served = await fetch(`${url}/docs/openapi.json`);
  expect(served.headers.get('Content-Type')).toMatch(/^application\/json/);
});

it('says of each route what it is for, who may use it, and how it fails', async () => {
  const { api } = await startApi();
  const { tags, components } = api.contract.document;
  const names = tags.map(({ name }) => name);
  expect(components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
  for (const operation of api.contract.operations) {
    const { summary, operationId, security, responses } = operation;
    expect({ summary, operationId }).toEqual({
      summary: expect.stringMatching(/^[A-Z]/),
      operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
    });
    expect(names).toEqual(expect.arrayContaining(operation.tags ?? []));
    expect(security).toEqual([{ bearer: [] }]);
    const failures = Object.keys(responses).filter((status) => !status.startsWith('2'));
    expect(failures).toEqual(expect.arrayContaining(['401', 'default']));
    for (const status of failures)
      expect(responses[status]?.content).toEqual({
        'application/problem+json': expect.objectContaining({
          schema: { $ref: '#/components/schemas/ProblemResponse' },
        }),
      });
  }
});

it('has examples that fit their schemas', async () => {
  const { api } = await startApi();
  const { contract } = api;
  const schemas = Object.entries(contract.document.components.schemas);
  expect(schemas.length).toBeGreaterThan(7);
  for (const [name, schema] of schemas)
    contract.validate(name, schema, sampleOf(contract.document, schema));
  for (const operation of contract.operations)
    for (const [status, { content = {} }] of Object.entries(operation.responses))
      for (const [type, { schema, example }] of Object.entries(content)) {
        const where = `${nameOf(operation)} ${status} ${type}`;
        contract.validate(where, schema, example ?? sampleOf(contract.document, schema ?? {}));
      }
});

it('has examples that work as they stand in the demo', async () => {
  const { world } = demoWorld({ members: 5 });
  const simulator = await Simulator.start({ world });
  onTestFinished(() => simulator.stop());
  const { api } = await startServer({ env: { GITHUB_API_URL: simulator.url } });
  const { document, operations } = api.contract;
  const order = ['connectIntegration', 'requestMemberSync'];
  const rank = ({ operationId, method }: Operation) =>
    order.includes(operationId) ? order.indexOf(operationId) : method === 'DELETE' ? 9 : 5;
  for (const operation of [...operations].sort((a, b) => rank(a) - rank(b))) {
    const schema = operation.requestBody?.content['application/json']?.schema;
    const body = schema && sampleOf(document, schema);
    const answer = await api.call(operation.method, exampleAddress(operation), { body });
    expect({ name: nameOf(operation), status: answer.status }).toMatchObject({
      status: expect.toSatisfy((status: number) => status < 300),
    });
    if (operation.operationId === 'requestMemberSync') await finishedRun(api, 1, 1);
  }
});
