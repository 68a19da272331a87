import {
  type ArgumentsHost,
  Body,
  Catch,
  Controller,
  Get,
  NotFoundException,
  Param,
  Post,
  Render,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { RequestError } from '@octokit/request-error';
import { IsEmail, IsOptional, ValidateNested } from 'class-validator';
import type { Response as ExpressResponse } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PublicError } from '../../src/platform/public-error.js';
import { IdPipe } from '../../src/platform/web/id.pipe.js';
import { startWebApp, type WebApp } from './support/web-app.js';

const SECRET = 'ghp_secretsecretsecret';

const REQUEST = { method: 'GET', url: 'https://api.github.com/user', headers: {} } as const;
const ANSWER = { url: REQUEST.url, headers: {}, retryCount: 0 };

class Inner {
  @IsEmail()
  email: string;
}

class Outer extends Inner {
  @IsOptional()
  @ValidateNested()
  inner?: Inner;
}

class Elsewhere extends Error {}

@Catch(Elsewhere)
class ElsewhereFilter {
  catch(_: Elsewhere, host: ArgumentsHost) {
    host.switchToHttp().getResponse<ExpressResponse>().redirect(302, '/elsewhere');
  }
}

@Controller('things')
class PagesController {
  @Post(':id/sync')
  sync() {
    return 'synced';
  }

  @Get('public')
  public() {
    throw new PublicError(409, 'taken', '<script>alert(1)</script> is taken.', 'Choose another.');
  }

  @Get('elsewhere')
  elsewhere() {
    throw new Elsewhere();
  }

  @Get('gone')
  gone() {
    throw new NotFoundException();
  }

  @Get('unrenderable')
  @Render('no/such/view')
  unrenderable() {
    return {};
  }

  @Get('unexpected')
  unexpected() {
    throw unforeseen();
  }

  @Get(':id')
  one(@Param('id', IdPipe) id: number) {
    return { id };
  }
}

@Controller('api/v1/things')
class ApiController {
  @Post()
  create(@Body() body: Outer) {
    return body;
  }

  @Get('public')
  public() {
    throw new PublicError(409, 'taken', 'That is taken.', 'Choose another.');
  }

  @Get('unexpected')
  unexpected() {
    throw unforeseen();
  }

  @Get('answered')
  answered() {
    const body = `${SECRET} at 1${'.'.repeat(100_000)}`;
    const options = { request: REQUEST, response: { status: 502, data: body, ...ANSWER } };
    const answer = new RequestError(body, 502, options);
    const cause = new Error('x'.repeat(100_000), { cause: answer });
    throw new PublicError(502, 'github_unavailable', 'GitHub is down.', 'Wait.', { cause });
  }

  @Get('refused')
  refused() {
    throw new PublicError(401, 'unauthorized', 'No token.', 'Send one.');
  }

  @Get('half')
  half() {
    throw 'a thrown string';
  }
}

function unforeseen(): Error {
  const cause = Object.assign(new Error('the connection broke'), { parameters: [SECRET] });
  return Object.assign(new Error('reading the things failed', { cause }), {
    request: { headers: { authorization: SECRET } },
  });
}

let app: WebApp;

beforeAll(async () => {
  app = await startWebApp({
    controllers: [PagesController, ApiController],
    providers: [{ provide: APP_FILTER, useClass: ElsewhereFilter }],
  });
});

afterAll(() => app.close());

/** Objects within each other. */
const nested = (levels: number) => `${'{"inner":'.repeat(levels - 1)}{}${'}'.repeat(levels - 1)}`;

const post = (body: string, type = 'application/json') =>
  app.fetch('/api/v1/things', { method: 'POST', body, headers: { 'Content-Type': type } });

describe('to people, an error', () => {
  it('is a page that says what happened and what to do', async () => {
    const response = await app.fetch('/things/public');
    const html = await response.text();
    expect(response.status).toBe(409);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(html).toContain('<!doctype html>');
    expect(html).toContain('Choose another.');
    expect(html).toMatch(/<a href="\/"[^>]*>Go to the start page/);
  });

  it('never becomes markup', async () => {
    const html = await (await app.fetch('/things/public')).text();
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; is taken.');
    expect(html).not.toContain('<script>');
  });

  it('is a fragment beside the content where htmx asks', async () => {
    const response = await app.fetch('/things/public', { headers: { 'HX-Request': 'true' } });
    const html = await response.text();
    expect(response.status).toBe(409);
    expect(response.headers.get('hx-retarget')).toBe('#notice');
    expect(html).toContain('role="alert"');
    expect(html).not.toContain('<!doctype');
    expect(html).not.toContain('<script>');
  });

  it('is a 404 page where nothing is', async () => {
    for (const path of ['/nowhere', '/assets/nothing.js', '/things/gone']) {
      const response = await app.fetch(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('This page does not exist.');
    }
  });

  it('tells nothing that it was not meant to tell', async () => {
    const response = await app.fetch('/things/unexpected');
    const html = await response.text();
    expect(response.status).toBe(500);
    expect(html).toContain('Something went wrong');
    expect(html).not.toMatch(/reading the things|connection broke|\.ts/);
  });

  it('is one also where a view cannot be rendered', async () => {
    const response = await app.fetch('/things/unrenderable');
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('Something went wrong');
  });

  it('is left to the filter that knows it better', async () => {
    const response = await app.fetch('/things/elsewhere');
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/elsewhere');
  });

  it('is a 400 where the address is broken', async () => {
    expect((await app.fetch('/things/%FF')).status).toBe(400);
  });
});

describe('to clients, an error', () => {
  it('is a problem with a stable code', async () => {
    const response = await app.fetch('/api/v1/things/public');
    expect(response.status).toBe(409);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title: 'Conflict',
      status: 409,
      detail: 'That is taken.',
      code: 'taken',
      remedy: 'Choose another.',
    });
  });

  it.each([
    ['GET', '/api/v1/nowhere', 404, 'not_found'],
    ['GET', '/api/nowhere', 404, 'not_found'],
    ['GET', '/health/nowhere', 404, 'not_found'],
    ['GET', '/api/v1/things', 405, 'method_not_allowed'],
    ['GET', '/api/v1/things/unexpected', 500, 'internal'],
    ['GET', '/api/v1/things/half', 500, 'internal'],
    ['GET', '/api/v1/%FF', 404, 'not_found'],
  ])('%s %s: %i %s', async (method, path, status, code) => {
    const response = await app.fetch(path, { method });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code });
  });

  it('asks for a token where one is missing', async () => {
    const response = await app.fetch('/api/v1/things/refused');
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each([
    ['{"email":', 'application/json', 400, 'malformed_body'],
    ['"text"', 'application/json', 400, 'malformed_body'],
    [nested(5_000), 'application/json', 422, 'body_too_deep'],
    ['['.repeat(40_000) + ']'.repeat(40_000), 'application/json', 422, 'body_too_deep'],
    [nested(21), 'application/json', 422, 'body_too_deep'],
    [nested(20), 'application/json', 422, 'validation_failed'],
    [`{"email":"${'a'.repeat(200_000)}"}`, 'application/json', 413, 'body_too_large'],
    ['{}', 'application/json; charset=iso-8859-1', 415, 'unsupported_media_type'],
    ['', 'application/json', 422, 'validation_failed'],
    ['email=a%40b.org', 'text/plain', 422, 'validation_failed'],
  ])('says what is wrong with a body: %#', async (body, type, status, code) => {
    const response = await post(body, type);
    expect(await response.json()).toMatchObject({ status, code });
    expect(response.status).toBe(status);
  });

  it('says that JSON other than an object is no object', async () => {
    for (const body of ['null', ' 1', 'true', '"text"'])
      expect(await (await post(body)).json()).toMatchObject({
        code: 'malformed_body',
        detail: 'The body is valid JSON, but it is not an object.',
      });
    expect(await (await post('nul')).json()).toMatchObject({
      code: 'malformed_body',
      detail: 'The body is not valid JSON.',
    });
  });

  it('names the wrong field and the mend', async () => {
    const problem = await (await post('{"email":"nobody"}')).json();
    expect(problem).toMatchObject({
      detail: 'email must be an email.',
      remedy: "Correct 'email' and send it again.",
    });
  });

  it('names every wrong field, also inside another and unknown ones', async () => {
    const problem = await (await post('{"email":"a@b.org","inner":{"email":1},"x":1}')).json();
    expect(problem).toMatchObject({ code: 'validation_failed' });
    expect(JSON.stringify(problem)).toContain("'x' is not a known field");
    expect(JSON.stringify(problem)).toContain('inner');
  });
});

describe('the wrong method', () => {
  it('is told the right one', async () => {
    const response = await app.fetch('/things/1/sync');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
    expect(await response.text()).toContain('It only accepts a form');
  });

  it('is told that a reading address can be read', async () => {
    const response = await app.fetch('/things/1', { method: 'DELETE' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });

  it('is none where HEAD asks for what GET answers', async () => {
    expect((await app.fetch('/things/1', { method: 'HEAD' })).status).toBe(200);
  });
});

describe('an id in a path', () => {
  it('is a number', async () => {
    expect(await (await app.fetch('/things/17')).json()).toEqual({ id: 17 });
  });

  it.each(['abc', '0', '-1', '1.5', '1e3', '0x10', '01', '9007199254740993', '%201'])(
    'is not %s',
    async (id) => {
      const response = await app.fetch(`/things/${id}`);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain(`${decodeURIComponent(id)}&#x27; is not a valid id`);
    },
  );
});

describe('the log', () => {
  it('has the whole chain of causes, and no secret', async () => {
    app.errors.length = 0;
    await app.fetch(`/api/v1/things/unexpected?token=${SECRET}`, {
      headers: { Authorization: `Bearer ${SECRET}`, Cookie: `a=${SECRET}` },
    });
    const [line = ''] = app.errors;
    expect(line).toContain('GET /api/v1/things/unexpected failed: Error: reading the things');
    expect(line).toContain('Caused by Error: the connection broke');
    expect(line).not.toContain(SECRET);
  });

  it("has no server's answer, and a bounded length of everything else", async () => {
    app.errors.length = 0;
    await app.fetch('/api/v1/things/answered');
    const [line = ''] = app.errors;
    expect(line).toMatch(/Caused by Error: x{1000}/);
    expect(line).toMatch(/Caused by HttpError with status 502\n +at /);
    expect(line).not.toContain(SECRET);
    expect(line.length).toBeLessThan(15_000);
  });

  it('has nothing of what clients did wrong', async () => {
    app.errors.length = 0;
    await app.fetch('/nowhere');
    await post(nested(5_000));
    await post('{');
    expect(app.errors).toEqual([]);
  });
});
