import { applyDecorators, UseGuards, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiParam, ApiTags } from '@nestjs/swagger';
import { AdminOnly } from '../../accounts/identity.js';
import { ApiOtherProblems, ApiProblem } from '../../platform/web/api-problem.js';
import { ConditionalGetInterceptor } from './conditional-get.interceptor.js';
import { JsonBodies } from './json-bodies.guard.js';

/** A header that is always there. */
export const header = (description: string, schema: object = { type: 'string' }) => ({
  description,
  required: true,
  schema,
});

/** What holds for every route of a controller. */
export const ApiV1 = (tag: string) =>
  applyDecorators(
    UseGuards(JsonBodies),
    UseInterceptors(ConditionalGetInterceptor),
    ApiTags(tag),
    ApiBearerAuth(),
    ApiProblem(
      {
        status: 401,
        code: 'unauthorized',
        detail: 'The request has no valid API token.',
        remedy: 'Send `Authorization: Bearer TOKEN`. `rollcall token NAME` creates a token.',
        headers: { 'WWW-Authenticate': header('`Bearer`.') },
      },
      'The request has no valid API token (`unauthorized`), or the token has expired (`token_expired`) or was revoked (`token_revoked`).',
    ),
    ApiProblem(
      {
        status: 429,
        code: 'too_many_requests',
        detail: 'The API token made too many requests in a minute.',
        remedy: 'Wait 12 s (see Retry-After), and request larger pages.',
        headers: { 'Retry-After': header('In seconds.', { type: 'integer', minimum: 1 }) },
      },
      'The API token, or all tokens of the team together, made too many requests in a minute; or the team is running too many exports and past directories.',
    ),
    ApiOtherProblems(),
  );

/** A route that changes something. */
export const ApiChange = () =>
  applyDecorators(
    AdminOnly(),
    ApiProblem({
      status: 403,
      code: 'token_read_only',
      detail: 'The API token is read-only.',
      remedy: 'Use a token with full access. An admin of the team can create one under API tokens.',
    }),
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
      detail: 'Your team does not have this integration.',
      remedy: 'Choose one listed under Integrations.',
    }),
  );

/** The id of a run in the path, and the problem for one that the team does not have. */
export const ApiRunId = (example?: { example: number }) =>
  applyDecorators(
    ApiId('runId', example),
    ApiProblem({
      status: 404,
      code: 'member_sync_not_found',
      detail: 'Your team does not have this run.',
      remedy: "Choose one listed under the integration's member syncs.",
    }),
  );

/** The problem for a body of another type. */
export const ApiJsonOnly = () =>
  ApiProblem({
    status: 415,
    code: 'unsupported_media_type',
    detail: 'The request body is not declared as JSON.',
    remedy: 'Send JSON in UTF-8, with the header `Content-Type: application/json`.',
  });

/** The problem for a body that is no JSON object. */
export const ApiMalformedBody = () =>
  ApiProblem(
    {
      status: 400,
      code: 'malformed_body',
      detail: 'The body is not valid JSON.',
      remedy: 'Send one valid JSON document.',
    },
    'The body is not valid JSON, or not a JSON object.',
  );

/** The problems for a body that is no JSON, and for one with a wrong value in `field`. */
export const ApiWrongBody = (detail: string, field: string) =>
  applyDecorators(
    ApiMalformedBody(),
    ApiProblem(
      {
        status: 422,
        code: 'validation_failed',
        detail,
        remedy: `Correct '${field}' and send it again.`,
      },
      'A value is wrong. Nothing was changed.',
    ),
    ApiJsonOnly(),
  );
