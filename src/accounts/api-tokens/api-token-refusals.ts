import { PublicError } from '../../platform/public-error.js';

/** No token, or one that nobody knows. */
export const refuseUnknown = () =>
  refusal(
    'unauthorized',
    'The request has no valid API token.',
    'Send `Authorization: Bearer TOKEN`; `rollcall token NAME` makes one.',
  );

export const refuseExpired = () =>
  refusal('token_expired', 'The API token has expired.', ASK_FOR_ANOTHER);

export const refuseRevoked = () =>
  refusal('token_revoked', 'The API token was revoked.', ASK_FOR_ANOTHER);

export const refuseMaker = () =>
  refusal(
    'token_revoked',
    'Whoever made the API token is no admin of the team any more.',
    ASK_FOR_ANOTHER,
  );

const ASK_FOR_ANOTHER = 'Use another one; an admin of the team makes one under API tokens.';

const refusal = (code: string, message: string, remedy: string): PublicError =>
  new PublicError(401, code, message, remedy);
