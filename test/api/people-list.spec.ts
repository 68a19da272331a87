import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { ListVersionResponse } from '../../src/api/people-list/list-version.response.js';
import { MAX_LIST_SIZE } from '../../src/reviews/people-list/people-list-problems.js';
import { ways } from '../support/service.js';
import { startServer } from './support/api.js';

const PATH = '/api/v1/people-list';

/** A body that is no string is not taken for JSON by the check of what is sent. */
const csv = (text: string, headers: Record<string, string> = {}) => ({
  body: new Blob([text]),
  headers: { 'Content-Type': 'text/csv', ...headers },
});

describe.each(ways)('the people list over the API, $way', (way) => {
  async function start() {
    const stage = await startServer(way);
    const token = await stage.api.tokenOf('default');
    const put = async (sent: { body: Blob; headers: Record<string, string> }) => {
      const headers = { Authorization: `Bearer ${token}`, ...sent.headers };
      const answer = await fetch(stage.url + PATH, { method: 'PUT', body: sent.body, headers });
      return { status: answer.status, body: await answer.json() };
    };
    return { ...stage, token, put };
  }

  it('is replaced by CSV and by JSON, and the same list makes no new version', async () => {
    const { api, put } = await start();
    const first = await put(csv('name;email;desk\nAda;ada@example.com;3\nBob;bob@example.com;4\n'));
    expect(first).toEqual({
      status: 200,
      body: {
        ...{ version: 1, people: 2, added: 2, changed: 0, removed: 0, isNew: true },
        ...{ source: 'api', madeBy: 'nightly-report', ignoredColumns: ['desk'] },
        createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      },
    });
    const people = [
      { email: 'bob@example.com', name: 'Bob' },
      { email: 'ada@example.com', name: 'Ada', status: null },
    ];
    const again = await api.call<ListVersionResponse>('PUT', PATH, { body: { people } });
    expect(again).toMatchObject({ status: 200, body: { version: 1, isNew: false } });
    const left = { people: [{ email: 'ada@example.com', status: 'left', endDate: '2026-03-31' }] };
    const second = await api.call<ListVersionResponse>('PUT', PATH, { body: left });
    const counts = { version: 2, people: 1, added: 0, changed: 1, removed: 1 };
    expect(second.body).toMatchObject({ ...counts, isNew: true });
  });

  it('is refused as a whole, and each wrong row is named', async () => {
    const { put, api } = await start();
    const problem = (status: number, code: string, detail: string) => ({
      status,
      body: { code, detail: expect.stringContaining(detail) },
    });
    expect(await put(csv('email\nada@example.com\nnobody\n\nada@example.com\n'))).toMatchObject(
      problem(
        ...([422, 'people_list_wrong_rows'] as const),
        "2 rows are wrong: line 3: 'nobody' is not an email address; line 5: ada@example.com is already in line 2.",
      ),
    );
    expect(await put(csv('name\nAda\n'))).toMatchObject(
      problem(422, 'people_list_header', 'no column email'),
    );
    const deep = `{"people":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    for (const body of ['', '{', deep, '{"people":[3]}'])
      expect((await api.call('PUT', PATH, { body, headers: JSON_TYPE })).status).toBe(422);
    expect(await put(csv('email\nada@example.com\n'))).toMatchObject({ body: { version: 1 } });
  });

  it('may be large, but not as large as anybody likes', async () => {
    const { put, url, token } = await start();
    const rows = Array.from({ length: 20_000 }, (_, i) => `p${i}@example.com,Person ${i}\r\n`);
    expect(await put(csv(`email,name\r\n${rows.join('')}`))).toMatchObject({
      status: 200,
      body: { people: 20_000 },
    });
    const sent = request(url + PATH, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    });
    sent.write('email\n');
    for (let size = 0; size <= MAX_LIST_SIZE; size += 1_000_000) sent.write('x'.repeat(1_000_000));
    const status = new Promise((resolve) => sent.on('response', (one) => resolve(one.statusCode)));
    expect(await status).toBe(413);
    sent.destroy();
  });
});

const JSON_TYPE = { 'Content-Type': 'application/json' };

it('has one of two types, and is not compressed', async () => {
  const { api } = await startServer({});
  const body = { people: [{ email: 'ada@example.com' }] };
  const wrong: Record<string, string>[] = [
    { 'Content-Type': 'application/x-www-form-urlencoded' },
    { 'Content-Type': 'text/csv', 'Content-Encoding': 'gzip' },
  ];
  for (const headers of wrong)
    expect(await api.call('PUT', PATH, { body, headers })).toMatchObject({
      status: 415,
      body: { code: 'unsupported_media_type' },
    });
  expect((await api.call('PUT', PATH, { body, token: null })).status).toBe(401);
});
