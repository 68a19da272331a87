import { applyDecorators, type Type } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiResponse,
  type ContentObject,
  getSchemaPath,
} from '@nestjs/swagger';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { header } from './api-docs.js';
import { cursorInvalid } from './cursor.js';

/** One resource, and the other formats of the route. */
export const ApiShown = (model: Type, description: string, others?: ContentObject) =>
  applyDecorators(
    ApiExtraModels(model),
    shown({ $ref: getSchemaPath(model) }, description, others),
  );

/** A list without pages, and the other formats of the route. */
export const ApiList = (model: Type, description: string, others?: ContentObject) =>
  applyDecorators(ApiExtraModels(model), shown(pageSchema(model), description, others));

/** A page of a list, the other formats of the route, and its own codes for a wrong query. */
export const ApiPage = (
  model: Type,
  description: string,
  { others, wrong = [] }: { others?: ContentObject; wrong?: string[] } = {},
) =>
  applyDecorators(
    ApiList(model, description, others),
    ApiProblem(cursorInvalid(), {
      description: `A value of the query is wrong: ${['validation_failed', 'cursor_invalid', ...wrong].map((code) => `\`${code}\``).join(', ')}.`,
    }),
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
      description: 'The `cursor` of the next page. Null on the last page.',
    },
  },
});

const ETAG = header('Identifies the content. Send it as `If-None-Match` with the next request.');

const shown = (schema: object, description: string, others: ContentObject = {}) =>
  applyDecorators(
    ApiHeader({
      name: 'If-None-Match',
      required: false,
      description:
        'The `ETag` of an earlier response. If the content is unchanged, the response is 304.',
      schema: { type: 'string' },
    }),
    ApiOkResponse({
      description,
      // Only JSON has one.
      headers: { ETag: { ...ETAG, required: Object.keys(others).length === 0 } },
      content: { 'application/json': { schema }, ...others },
    }),
    ApiResponse({
      status: 304,
      description: 'The content is unchanged. The request still counts against the request limit.',
      headers: { ETag: ETAG },
    }),
  );
