import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import {
  ApiExtraModels,
  ApiResponse,
  type ApiResponseOptions,
  getSchemaPath,
} from '@nestjs/swagger';
import { ProblemResponse } from './problem.response.js';

export interface ProblemDocs {
  status: number;
  code: string;
  detail: string;
  remedy: string;
  headers?: ApiResponseOptions['headers'];
}

/** A problem that a route may answer with; `description` names each code that comes with its status. */
export const ApiProblem = (problem: ProblemDocs, description = problem.detail) =>
  applyDecorators(
    ApiExtraModels(ProblemResponse),
    ApiResponse({
      status: problem.status,
      description,
      headers: problem.headers,
      content: contentOf(exampleOf(problem)),
    }),
  );

/** Whatever else may go wrong. */
export const ApiOtherProblems = () =>
  applyDecorators(
    ApiExtraModels(ProblemResponse),
    ApiResponse({ status: 'default', description: 'Any other problem.', content: contentOf() }),
  );

const contentOf = (example?: object) => ({
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
