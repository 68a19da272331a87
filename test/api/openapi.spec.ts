import { expect, it, onTestFinished } from 'vitest';
import { demoWorld } from '../../src/simulator/demo-organization.js';
import { MEMBER_PAGES } from '../../src/simulator/faults.js';
import { Simulator } from '../../src/simulator/simulator.js';
import { NOTIFYING, Receiver, settled } from '../support/notifications.js';
import { makePerson } from '../support/people.js';
import { startApi, startServer } from './support/api.js';
import type { Operation } from './support/openapi-document.js';
import { finishedRun } from './support/runs.js';
import { sampleBody, sampleOf } from './support/samples.js';

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
    'DELETE /api/v1/integrations/{id}/webhook/hook',
    'DELETE /api/v1/member-syncs/{runId}',
    'DELETE /api/v1/notification-channels/{id}',
    'DELETE /api/v1/users/{id}',
    'GET /api/v1/audit',
    'GET /api/v1/github-teams/{id}',
    'GET /api/v1/github-teams/{id}/members',
    'GET /api/v1/integrations',
    'GET /api/v1/integrations/{id}',
    'GET /api/v1/integrations/{id}/activity',
    'GET /api/v1/integrations/{id}/github-teams',
    'GET /api/v1/integrations/{id}/invitations',
    'GET /api/v1/integrations/{id}/member-syncs',
    'GET /api/v1/integrations/{id}/members',
    'GET /api/v1/integrations/{id}/members/diff',
    'GET /api/v1/integrations/{id}/parts',
    'GET /api/v1/integrations/{id}/webhook',
    'GET /api/v1/member-syncs/{runId}',
    'GET /api/v1/member-syncs/{runId}/changes',
    'GET /api/v1/member-syncs/{runId}/removals',
    'GET /api/v1/members/{id}',
    'GET /api/v1/members/{id}/changes',
    'GET /api/v1/notification-channels',
    'GET /api/v1/notification-channels/{id}/deliveries',
    'GET /api/v1/people-list/matches',
    'GET /api/v1/reviews',
    'GET /api/v1/reviews/{id}',
    'GET /api/v1/reviews/{id}/evidence',
    'GET /api/v1/reviews/{id}/items',
    'GET /api/v1/users',
    'GET /health/live',
    'GET /health/ready',
    'PATCH /api/v1/members/{id}',
    'PATCH /api/v1/notification-channels/{id}',
    'PATCH /api/v1/reviews/{id}/items',
    'PATCH /api/v1/users/{id}',
    'POST /api/v1/deliveries/{id}/redeliver',
    'POST /api/v1/integrations',
    'POST /api/v1/integrations/{id}/member-syncs',
    'POST /api/v1/integrations/{id}/webhook/hook',
    'POST /api/v1/integrations/{id}/webhook/secret',
    'POST /api/v1/member-syncs/{runId}/removals',
    'POST /api/v1/member-syncs/{runId}/undo',
    'POST /api/v1/notification-channels',
    'POST /api/v1/notification-channels/{id}/test',
    'POST /api/v1/reviews',
    'POST /api/v1/reviews/{id}/close',
    'POST /api/v1/user-invitations',
    'PUT /api/v1/people-list',
    'PUT /api/v1/people-list/matches/{personId}',
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
    const isOpen = operation.path.startsWith('/health/');
    expect({ summary, operationId }).toEqual({
      summary: expect.stringMatching(/^[A-Z]/),
      operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/),
    });
    expect(names).toEqual(expect.arrayContaining(operation.tags ?? []));
    expect(security).toEqual(isOpen ? [] : [{ bearer: [] }]);
    const failures = Object.keys(responses).filter((status) => !/^[23]/.test(status));
    if (!isOpen) expect(failures).toEqual(expect.arrayContaining(['401', '429', 'default']));
    expect(failures.includes('403')).toBe(operation.method !== 'GET');
    const isKept = operation.method === 'GET' && !operation.path.endsWith('/evidence');
    expect('304' in responses).toBe(isKept && !isOpen);
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

/** The order in which the examples tell one story; what only reads comes after the first run. */
const STORY = [
  'connectIntegration',
  'createNotificationChannel',
  'testNotificationChannel',
  'requestMemberSync',
  'redeliverNotification',
  'replacePeopleList',
  'chooseMatch',
  'startReview',
  'decideReviewItems',
  'closeReview',
  undefined,
  'listHeldRemovals',
  'decideHeldRemovals',
  'undoMemberSync',
  'cancelMemberSync',
  'changeMember',
  'changeUser',
  'removeUser',
  'deleteNotificationChannel',
  'disconnectIntegration',
];

const rank = ({ operationId }: Operation): number =>
  STORY.indexOf(STORY.includes(operationId) ? operationId : undefined);

it('has examples that work as they stand in the demo', async () => {
  const { world, organization } = demoWorld({ members: 20 });
  organization.teams.create('Platform');
  const simulator = await Simulator.start({ world });
  onTestFinished(() => simulator.stop());
  const receiver = await Receiver.start();
  const env = { GITHUB_API_URL: simulator.url, ...NOTIFYING };
  const { api, app, dataSource } = await startServer({ env });
  const channel = '/api/v1/notification-channels/1';
  const { document, operations } = api.contract;
  const meanwhile: Record<string, () => Promise<unknown>> = {
    listHeldRemovals: () => {
      const members = organization.list({ role: 'member' }).slice(0, 9);
      for (const { user } of members) organization.leave(user);
      return finishedRun(api, 1);
    },
    testNotificationChannel: () =>
      api.patch(channel, { address: receiver.url, events: ['member.joined'] }),
    redeliverNotification: () => settled({ app, dataSource }),
    changeUser: () =>
      makePerson(app, { email: 'ada@example.com', role: 'member', teamSlug: 'default' }),
    cancelMemberSync: async () => {
      const held = simulator.faults.on(MEMBER_PAGES).hold();
      onTestFinished(() => held.release());
      await api.post('/api/v1/integrations/1/member-syncs');
      await held.arrived;
    },
  };
  for (const operation of [...operations].sort((a, b) => rank(a) - rank(b))) {
    await meanwhile[operation.operationId]?.();
    const body = sampleBody(document, operation);
    const answer = await api.call(operation.method, exampleAddress(operation), { body });
    expect({ name: nameOf(operation), status: answer.status, text: answer.text }).toMatchObject({
      status: expect.toSatisfy((status: number) => status < 300),
    });
    if (operation.operationId === 'requestMemberSync') await finishedRun(api, 1, 1);
  }
});
