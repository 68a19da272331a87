import { GithubFailure, type GithubFailureCode } from './github-failure.js';
import { linkIn } from './github-words.js';

/** GitHub's message when it refused a request, and the API address. */
export interface Refusal {
  message: string;
  apiUrl: string;
  cause: unknown;
}

interface Policy {
  /** Matches GitHub's message. */
  says: RegExp;
  code: GithubFailureCode;
  message: string;
  /** @param link to GitHub's page for the change */
  remedy: (link: string | undefined) => string;
}

/** The first match counts: a classic token may also live too long. */
const POLICIES: Policy[] = [
  {
    says: /forbids access via .*token's lifetime/i,
    code: 'token_lifetime_forbidden',
    message: 'The organization does not allow tokens with such a long lifetime.',
    remedy: (link) =>
      `Set a shorter lifetime ${link ? `at ${link}` : "in the token's settings at GitHub"}. If GitHub creates a new token, connect the organization again with it.`,
  },
  {
    says: /forbids access via a personal access token \(classic\)/i,
    code: 'classic_token_forbidden',
    message: 'The organization does not allow classic personal access tokens.',
    remedy: () =>
      'Connect the organization again with a fine-grained token with "Members: read", or with a GitHub App.',
  },
  {
    says: /IP allow list/i,
    code: 'ip_not_allowed',
    message: 'The organization has an IP allow list, and the address of this server is not on it.',
    remedy: () =>
      'Ask an organization owner to add the address of this server to the IP allow list, in the settings under Authentication security. Then sync again.',
  },
  {
    says: /OAuth App access restrictions/i,
    code: 'oauth_app_restricted',
    message: 'The organization restricts OAuth Apps, and has not approved this one.',
    remedy: (link) =>
      `Ask an organization owner to approve the App, in the settings under OAuth app policy${link ? ` (${link})` : ''}. Then sync again.`,
  },
  {
    says: /account (was|is|has been) suspended/i,
    code: 'account_suspended',
    message: 'GitHub has suspended the account that the token belongs to.',
    remedy: () =>
      'Ask the account owner to contact GitHub Support, or connect the organization again with a token of another account.',
  },
];

/** The refusal of a credential with all needed rights, by a policy; else undefined. */
export function policyFailure({ message, apiUrl, cause }: Refusal): GithubFailure | undefined {
  const policy = POLICIES.find(({ says }) => says.test(message));
  if (!policy) return undefined;
  const remedy = policy.remedy(linkIn(message, apiUrl));
  return new GithubFailure(policy.code, policy.message, remedy, { cause });
}
