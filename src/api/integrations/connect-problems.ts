import { applyDecorators } from '@nestjs/common';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { ApiJsonOnly, ApiMalformedBody } from '../shared/api-docs.js';

/** What may go wrong when GitHub is asked about a token and an organization. */
export const ApiConnectProblems = () =>
  applyDecorators(
    ApiMalformedBody(),
    ApiJsonOnly(),
    ApiProblem(
      {
        status: 422,
        code: 'bad_credentials',
        detail: 'GitHub rejected the token: it is wrong, expired or revoked.',
        remedy: 'Connect the organization again with a new token.',
      },
      'A value is wrong (`validation_failed`), or GitHub refuses: `bad_credentials`, `missing_permission`, `sso_required`, ' +
        '`visibility_reduced` (the token does not belong to a member), `organization_not_found`, `organization_replaced` (the name belonged to ' +
        'another organization when the team connected it), `ip_not_allowed`, `classic_token_forbidden`, `token_lifetime_forbidden`, ' +
        '`oauth_app_restricted`, `account_suspended`, `api_url_not_allowed`, `organization_elsewhere` ' +
        "(the organization's address is on another server than `apiUrl`). The remedy names the missing scope or " +
        'permission, the URL that authorizes the token for single sign-on, or the approval it waits for. Nothing was stored.',
    ),
    ApiProblem(
      {
        status: 502,
        code: 'github_unavailable',
        detail: 'ghe.example.com refused the connection (ECONNREFUSED).',
        remedy:
          'No data was lost. Try again in a few minutes; ask the administrator of ghe.example.com.',
      },
      'GitHub cannot be reached: `github_unavailable` (the detail names the reason), `certificate_not_trusted`, `host_not_found`, ' +
        '`proxy_refused`; or something else answers: `github_answer_invalid`. Nothing was stored.',
    ),
    ApiProblem(
      {
        status: 503,
        code: 'rate_limited',
        detail: 'The token has used its hourly GitHub rate limit.',
        remedy: 'The limit resets within the hour. Sync again then.',
      },
      'GitHub limits the token: `rate_limited`, `secondary_limited`. Nothing was stored.',
    ),
  );
