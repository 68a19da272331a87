import {
  applyDecorators,
  type CanActivate,
  type Type,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { ApiBearerAuth, ApiParam, ApiTags } from '@nestjs/swagger';
import { refuseUnknown } from '../../accounts/api-tokens/api-token-refusals.js';
import { tokenReadOnly } from '../../accounts/identity/identity.guard.js';
import { tokenLimitReached } from '../../accounts/limits/api-limits.js';
import { integrationNotFound } from '../../integrations/connections/integrations.service.js';
import { runNotFound } from '../../integrations/runs/member-sync-runs.js';
import { Access } from '../../platform/web/access.decorator.js';
import { ApiOtherProblems, ApiProblem } from '../../platform/web/api-problem.js';
import { malformedBody } from '../../platform/web/failures.js';
import { validationFailed } from '../../platform/web/validation.js';
import { ConditionalGetInterceptor } from './conditional-get.interceptor.js';
import { JsonBodies, notJson } from './json-bodies.guard.js';

/** A header that is always present. */
export const header = (description: string, schema: object = { type: 'string' }) => ({
  description,
  required: true,
  schema,
});

export const RETRY_AFTER = header('In seconds.', { type: 'integer', minimum: 1 });

/** Applies to every route of a controller: any token of the team may read. @param bodies which bodies it takes */
export const ApiV1 = (tag: string, bodies: Type<CanActivate> = JsonBodies) =>
  applyDecorators(
    Access('read-only token'),
    UseGuards(bodies),
    UseInterceptors(ConditionalGetInterceptor),
    ApiTags(tag),
    ApiBearerAuth(),
    ApiProblem(refuseUnknown(), {
      description:
        'The request has no valid API token (`unauthorized`), or the token has expired (`token_expired`) or was revoked (`token_revoked`).',
      headers: { 'WWW-Authenticate': header('`Bearer`.') },
    }),
    ApiProblem(tokenLimitReached(), {
      description:
        'The API token, or all tokens of the team together, made too many requests in a minute; or the team is running too many exports and past directories.',
      headers: { 'Retry-After': RETRY_AFTER },
    }),
    ApiOtherProblems(),
  );

/** A route that changes something. */
export const ApiChange = () => applyDecorators(Access('full token'), ApiProblem(tokenReadOnly()));

/** One of our ids in the path. */
export const ApiId = (name: string, { example = 1 } = {}) =>
  ApiParam({ name, schema: { type: 'integer', minimum: 1, example } });

/** The id of an integration in the path, and the problem for one that the team does not have. */
export const ApiIntegrationId = () =>
  applyDecorators(ApiId('id'), ApiProblem(integrationNotFound()));

/** The id of a run in the path, and the problem for one that the team does not have. */
export const ApiRunId = (example?: { example: number }) =>
  applyDecorators(ApiId('runId', example), ApiProblem(runNotFound()));

/** The problem for a body of another type. */
export const ApiJsonOnly = () => ApiProblem(notJson());

/** The problem for a body that is no JSON object. */
export const ApiMalformedBody = () =>
  ApiProblem(malformedBody(), {
    description: 'The body is not valid JSON, or not a JSON object.',
  });

/** The problems for a body that is no JSON, and for one with a wrong value in `field`. @param problem without a full stop */
export const ApiWrongBody = (problem: string, field: string) =>
  applyDecorators(
    ApiMalformedBody(),
    ApiProblem(validationFailed([{ field, problem }]), {
      description: 'A value is wrong. Nothing was changed.',
    }),
    ApiJsonOnly(),
  );
