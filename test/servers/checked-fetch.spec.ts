import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { takeBreaches } from '../support/checked-fetch.js';

const thing = { type: 'object', required: ['id'], properties: { id: { type: 'integer' } } };
const json = { 'application/json': { schema: thing } };

const DOCUMENT = {
  info: { description: 'Any route may answer with `not_found`.' },
  paths: {
    '/api/v1/things/{id}': {
      get: { responses: { 200: { description: 'The thing.', content: json } } },
      put: {
        requestBody: { content: json },
        responses: { 204: { description: 'Done.' } },
      },
    },
  },
  components: { schemas: { ProblemResponse: { type: 'object' } } },
};

async function startServer(answer: RequestListener, document: unknown = DOCUMENT): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url !== '/docs/openapi.json') return answer(request, response);
    response.statusCode = document ? 200 : 404;
    response.end(JSON.stringify(document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answering =
  (status: number, body: unknown, type = 'application/json'): RequestListener =>
  (_, response) =>
    void response
      .writeHead(status, status === 204 ? {} : { 'Content-Type': type })
      .end(status === 204 ? undefined : JSON.stringify(body));

it.each([
  { name: 'a value of another type', listener: answering(200, { id: 'one' }) },
  { name: 'a property that is not documented', listener: answering(200, { id: 1, more: true }) },
  { name: 'a status that is not documented', listener: answering(201, { id: 1 }) },
  { name: 'a media type that is not documented', listener: answering(200, { id: 1 }, 'text/html') },
  { name: 'an error that is no problem', listener: answering(404, {}), path: '/api/v1/nowhere' },
  {
    name: 'a code that is not documented',
    listener: answering(404, { code: 'lost' }, 'application/problem+json'),
    path: '/api/v1/nowhere',
  },
  { name: 'a body that should not fit', listener: answering(204, undefined), sent: '{"id":"one"}' },
])('notes an answer with $name', async ({ listener, path = '/api/v1/things/1', sent }) => {
  const url = await startServer(listener);
  const answer = await fetch(url + path, sent ? { method: 'PUT', body: sent } : {});
  await answer.text();
  expect(takeBreaches()).toEqual([expect.stringMatching(/^(the body of )?(GET|PUT) \/api\/v1\//)]);
});

it('says nothing of what is documented, and leaves it to be read', async () => {
  const url = await startServer(answering(200, { id: 1 }));
  expect(await (await fetch(`${url}/api/v1/things/1`)).json()).toEqual({ id: 1 });
  const done = await startServer(answering(204, undefined));
  await fetch(`${done}/api/v1/things/1`, { method: 'PUT', body: '{"id":1}' });
  const gone = await startServer(answering(404, { code: 'not_found' }, 'application/problem+json'));
  await fetch(`${gone}/api/v1/nowhere`);
  expect(takeBreaches()).toEqual([]);
});

it('asks nothing of a server that has no document, nor of any other address', async () => {
  const url = await startServer(answering(200, 'anything'), null);
  await fetch(`${url}/api/v1/things/1`);
  const other = await startServer(answering(200, 'anything'));
  await fetch(`${other}/api/v3/things/1`);
  expect(takeBreaches()).toEqual([]);
});
