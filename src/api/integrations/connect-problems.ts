import { applyDecorators } from '@nestjs/common';
import { badCredentials } from '../../github/errors/github-failure-of.js';
import { LimitReached } from '../../github/errors/limit-reached.js';
import { unavailable } from '../../github/errors/unavailable.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { ApiJsonOnly, ApiMalformedBody } from '../shared/api-docs.js';

/** The problems when GitHub is asked about a token and an organization. */
export const ApiConnectProblems = () =>
  applyDecorators(
    ApiMalformedBody(),
    ApiJsonOnly(),
    ApiProblem(badCredentials(), {
      description:
        'A value is wrong (`validation_failed`), or GitHub refuses: `bad_credentials`, `missing_permission`, `sso_required`, ' +
        '`visibility_reduced` (the token does not belong to a member), `organization_not_found`, `organization_replaced` (the name belonged to ' +
        'another organization when the team connected it), `ip_not_allowed`, `classic_token_forbidden`, `token_lifetime_forbidden`, ' +
        '`oauth_app_restricted`, `account_suspended`, `api_url_not_allowed`, `organization_elsewhere` ' +
        "(the organization's address is on another server than `apiUrl`). The remedy names the missing scope or " +
        'permission, the URL that authorizes the token for single sign-on, or the approval it waits for. Nothing was stored.',
    }),
    ApiProblem(
      unavailable(
        'ghe.example.com refused the connection (ECONNREFUSED).',
        'https://ghe.example.com/api/v3',
      ),
      {
        description:
          'GitHub cannot be reached: `github_unavailable` (the detail names the reason), `certificate_not_trusted`, `host_not_found`, ' +
          '`proxy_refused`; or something else answers: `github_answer_invalid`. Nothing was stored.',
      },
    ),
    ApiProblem(new LimitReached('rate_limited', 25 * 60_000), {
      description:
        'GitHub limits the token: `rate_limited`, `secondary_limited`. Nothing was stored.',
    }),
  );
