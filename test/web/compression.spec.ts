import { get, type IncomingHttpHeaders } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Controller, Get, Header, Render } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebApp, type WebApp } from './support/web-app.js';

const PEOPLE = Array.from({ length: 100 }, (_, id) => ({ id, login: `somebody-${id}` }));

@Controller()
class AnswersController {
  @Get('page')
  @Render('sign-in/sign-in')
  page() {
    return { title: 'Sign in' };
  }

  @Get('api/v1/people')
  people() {
    return PEOPLE;
  }

  @Get('api/v1/somebody')
  somebody() {
    return PEOPLE[0];
  }

  @Get('picture')
  @Header('Content-Type', 'image/png')
  picture() {
    return 'x'.repeat(5_000);
  }
}

let app: WebApp;

beforeAll(async () => {
  app = await startWebApp({ controllers: [AnswersController] });
});

afterAll(() => app.close());

/** The answer as it came over the wire. */
function ask(path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status?: number; headers: IncomingHttpHeaders; bytes: Buffer }>(
    (resolve, reject) => {
      get(app.url + path, { headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode: status, headers } = response;
          resolve({ status, headers, bytes: Buffer.concat(chunks) });
        });
      }).on('error', reject);
    },
  );
}

const gzip = { 'Accept-Encoding': 'gzip' };
const anything = { 'Accept-Encoding': 'gzip, deflate, br, zstd' };

describe('an answer', () => {
  it.each(['/page', '/api/v1/people'])(
    'is compressed where that is asked for: %s',
    async (path) => {
      const plain = await ask(path);
      const packed = await ask(path, gzip);
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(packed.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(packed.bytes)).toEqual(plain.bytes);
      expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
      for (const { headers } of [plain, packed]) expect(headers.vary).toContain('Accept-Encoding');
    },
  );

  it.each(['/api/v1/somebody', '/picture', '/assets/favicon.svg'])(
    'is left alone where that gains nothing: %s',
    async (path) => {
      expect((await ask(path, anything)).headers['content-encoding']).toBeUndefined();
    },
  );

  it('has the same ETag either way, and is not sent to whoever has it', async () => {
    const { etag = '' } = (await ask('/api/v1/people')).headers;
    expect((await ask('/api/v1/people', gzip)).headers.etag).toBe(etag);
    const again = await ask('/api/v1/people', { ...gzip, 'If-None-Match': etag });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);
  });
});

describe('an asset', () => {
  it('comes in the smallest encoding that the browser takes', async () => {
    const path = '/assets/app.css';
    const plain = await ask(path);
    const packed = await ask(path, gzip);
    const smallest = await ask(path, anything);
    expect(gunzipSync(packed.bytes)).toEqual(plain.bytes);
    expect(smallest.headers['content-encoding']).toBe('br');
    expect(brotliDecompressSync(smallest.bytes)).toEqual(plain.bytes);
    expect(smallest.bytes.length).toBeLessThan(packed.bytes.length);
    for (const { headers } of [plain, packed, smallest]) {
      expect(headers.vary).toContain('Accept-Encoding');
      expect(headers.etag).toBe(plain.headers.etag);
    }
  });
});
