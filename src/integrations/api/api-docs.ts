import { STATUS_CODES } from 'node:http';
import { applyDecorators, type Type } from '@nestjs/common';
import type { ContentObject } from '@nestjs/swagger';
import {
  ApiBearerAuth,
  ApiExtraModels,
  ApiOkResponse,
  ApiParam,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { ProblemResponse } from './problem.response.js';

interface ProblemDocs {
  status: number;
  code: string;
  detail: string;
  remedy: string;
}

/** A problem that a route may answer with. */
export const ApiProblem = (problem: ProblemDocs, description = problem.detail) =>
  applyDecorators(
    ApiExtraModels(ProblemResponse),
    ApiResponse({ status: problem.status, description, content: content(exampleOf(problem)) }),
  );

/** What holds for every route of a controller. */
export const ApiV1 = (tag: string) =>
  applyDecorators(
    ApiTags(tag),
    ApiBearerAuth(),
    ApiProblem({
      status: 401,
      code: 'unauthorized',
      detail: 'The request has no valid API token.',
      remedy: 'Send `Authorization: Bearer TOKEN`; `rollcall token NAME` makes one.',
    }),
    ApiProblem({
      status: 429,
      code: 'too_many_requests',
      detail: 'The API token made too many requests in a minute.',
      remedy: 'Wait 12 s, as Retry-After says, and ask for larger pages.',
    }),
    ApiResponse({ status: 'default', description: 'Any other problem.', content: content() }),
  );

/** An id of ours in the path. */
export const ApiId = (name: string, { example = 1 } = {}) =>
  ApiParam({ name, schema: { type: 'integer', minimum: 1, example } });

/** The id of an integration in the path, and the problem for one that the team does not have. */
export const ApiIntegrationId = () =>
  applyDecorators(
    ApiId('id'),
    ApiProblem({
      status: 404,
      code: 'integration_not_found',
      detail: 'Your team has no such integration.',
      remedy: 'Choose one of those that are listed under Integrations.',
    }),
  );

/** The id of a run in the path, and the problem for one that the team does not have. */
export const ApiRunId = (example?: { example: number }) =>
  applyDecorators(
    ApiId('runId', example),
    ApiProblem({
      status: 404,
      code: 'member_sync_not_found',
      detail: 'Your team has no such run.',
      remedy: "Choose one of those that are listed under an integration's member syncs.",
    }),
  );

/** The problems for a body that is no JSON, and for one with a wrong value in `field`. */
export const ApiWrongBody = (detail: string, field: string) =>
  applyDecorators(
    ApiProblem({
      status: 400,
      code: 'malformed_body',
      detail: 'The body is not valid JSON.',
      remedy: 'Send one valid JSON document.',
    }),
    ApiProblem(
      {
        status: 422,
        code: 'validation_failed',
        detail,
        remedy: `Correct '${field}' and send it again.`,
      },
      'A value is wrong. Nothing was changed.',
    ),
  );

/** A list that comes in one piece, and other forms in which the route gives it. */
export const ApiList = (model: Type, description: string, others: ContentObject = {}) =>
  applyDecorators(
    ApiExtraModels(model),
    ApiOkResponse({
      description,
      content: { 'application/json': { schema: pageSchema(model) }, ...others },
    }),
  );

/** A page of a list, and other forms in which the route gives it. */
export const ApiPage = (model: Type, description: string, others: ContentObject = {}) =>
  applyDecorators(
    ApiList(model, description, others),
    ApiProblem(
      {
        status: 422,
        code: 'cursor_invalid',
        detail: 'The cursor is not one of this list.',
        remedy:
          'Send `nextCursor` of the page before as it came, or leave the cursor out to begin anew.',
      },
      'A value of the query is wrong.',
    ),
  );

const pageSchema = (model: Type) => ({
  type: 'object',
  required: ['items', 'nextCursor'],
  properties: {
    items: { type: 'array', items: { $ref: getSchemaPath(model) } },
    nextCursor: {
      type: 'string',
      nullable: true,
      example: null,
      description: 'What to send as `cursor` for the next page; null on the last one.',
    },
  },
});

const content = (example?: object) => ({
  'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) }, example },
});

const exampleOf = ({ status, code, detail, remedy }: ProblemDocs): ProblemResponse => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? '',
  status,
  detail,
  code,
  remedy,
});
