import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiResponse,
  type ApiResponseOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import type { PublicError } from '../public-error.js';
import { ProblemResponse } from './problem.response.js';

interface ProblemDocs {
  /** Names each code that comes with the status. */
  description?: string;
  headers?: ApiResponseOptions['headers'];
}

/** A problem that a route may answer with. @param error the example: what the route throws */
export const ApiProblem = (
  error: PublicError,
  { description = error.message, headers }: ProblemDocs = {},
) =>
  applyDecorators(
    ApiExtraModels(ProblemResponse),
    ApiResponse({
      status: error.status,
      description,
      headers,
      content: contentOf(exampleOf(error)),
    }),
  );

/** All other problems. */
export const ApiOtherProblems = () =>
  applyDecorators(
    ApiExtraModels(ProblemResponse),
    ApiResponse({ status: 'default', description: 'Any other problem.', content: contentOf() }),
  );

const contentOf = (example?: object) => ({
  'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) }, example },
});

const exampleOf = ({ status, code, message, remedy }: PublicError): ProblemResponse => ({
  type: 'about:blank',
  title: STATUS_CODES[status] ?? '',
  status,
  detail: message,
  code,
  remedy,
});
