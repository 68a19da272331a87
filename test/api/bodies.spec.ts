import { expect, it } from 'vitest';
import type { ProblemResponse } from '../../src/platform/web/problem.response.js';
import { connected } from './support/api.js';

const TYPES = [
  'application/x-www-form-urlencoded',
  'text/plain',
  'application/xml',
  'application/json; charset=iso-8859-1',
];

it('a body is taken as JSON only, and never repeated', async () => {
  const { api } = await connected();
  const body = JSON.stringify({ organization: 'acme', token: 'ghp_secret' });
  for (const type of TYPES)
    for (const [method, path] of [
      ['POST', '/api/v1/integrations'],
      ['PATCH', '/api/v1/members/1'],
      ['POST', '/api/v1/member-syncs/1/removals'],
    ] as const) {
      const headers = { 'Content-Type': type };
      const {
        status,
        body: problem,
        text,
      } = await api.call<ProblemResponse>(method, path, {
        body,
        headers,
      });
      expect({ type, status, code: problem.code }).toEqual({
        type,
        status: 415,
        code: 'unsupported_media_type',
      });
      expect(problem.remedy).toContain('Content-Type: application/json');
      expect(text).not.toContain('ghp_secret');
    }
});

it('a body that is nested too deep is refused before it is validated', async () => {
  const { api } = await connected();
  for (const [method, path, field] of [
    ['POST', '/api/v1/integrations', 'organization'],
    ['PATCH', '/api/v1/members/1', 'disabled'],
    ['POST', '/api/v1/member-syncs/1/removals', 'decision'],
  ] as const) {
    const body = `{"${field}":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    expect(await api.call(method, path, { body })).toMatchObject({
      status: 422,
      body: { code: 'body_too_deep' },
    });
  }
});

it('a route without a body takes an empty one of any type', async () => {
  const { api, id } = await connected();
  const path = `/api/v1/integrations/${id}/member-syncs`;
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  expect((await api.post(path, '', { headers })).status).toBe(202);
});

it('a body is no larger than it need be, and no other compression than is known', async () => {
  const { api } = await connected();
  const large = JSON.stringify({ organization: 'acme', token: 'x'.repeat(110_000) });
  expect(await api.post('/api/v1/integrations', large)).toMatchObject({
    status: 413,
    body: { code: 'body_too_large', status: 413 },
  });
  const headers = { 'Content-Encoding': 'rot13' };
  expect(await api.post('/api/v1/integrations', {}, { headers })).toMatchObject({
    status: 415,
    body: { code: 'unsupported_media_type' },
  });
});

it('an address that is none, or a method that it does not take, is told as a problem', async () => {
  const { api } = await connected();
  const problem = (status: number, code: string) => ({ status, body: { status, code } });
  for (const path of ['/api', '/api/', '/api/v1/', '/api/v2/integrations', '/api/v1/nowhere'])
    expect(await api.get(path)).toMatchObject(problem(404, 'not_found'));
  expect(await api.get('/api/v1/integrations/%FF')).toMatchObject(
    problem(400, 'malformed_request'),
  );
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const answer = await api.call(method, '/api/v1/integrations');
    expect(answer).toMatchObject(problem(405, 'method_not_allowed'));
    expect(answer.headers.get('Allow')).toBe('GET, HEAD, POST');
  }
});
