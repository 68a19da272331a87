import { applyDecorators } from '@nestjs/common';
import { badCredentials } from '../../github/errors/github-failure-of.js';
import { LimitReached } from '../../github/errors/limit-reached.js';
import { unavailable } from '../../github/errors/unavailable.js';
import { hookOfApp } from '../../integrations/webhooks/organization-hook.js';
import { ApiProblem } from '../../platform/web/api-problem.js';

/** The problems when GitHub is asked to make or remove a webhook. */
export const ApiHookProblems = () =>
  applyDecorators(
    ApiProblem(hookOfApp(), {
      description:
        'The GitHub App has one webhook for all of its installations (`webhook_of_app`), or the organization is disconnected ' +
        '(`integration_disconnected`), or the credential cannot be decrypted (`credential_unreadable`).',
    }),
    ApiProblem(badCredentials(), {
      description:
        'GitHub refuses: `missing_permission` (the remedy names the scope or permission), `webhook_refused` (the detail has ' +
        "GitHub's words), `bad_credentials`, `sso_required`, `organization_not_found` and other codes of connecting.",
    }),
    ApiProblem(unavailable('GitHub answered with 502.', 'https://api.github.com'), {
      description:
        'GitHub cannot be reached: `github_unavailable`, `certificate_not_trusted`, `host_not_found`, `proxy_refused`, ' +
        '`github_answer_invalid`.',
    }),
    ApiProblem(new LimitReached('rate_limited', 25 * 60_000), {
      description: 'GitHub limits the credential: `rate_limited`, `secondary_limited`.',
    }),
  );
