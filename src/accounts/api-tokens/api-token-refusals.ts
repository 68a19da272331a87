import { PublicError } from '../../platform/public-error.js';

/** No token, or an unknown token. */
export const refuseUnknown = () =>
  refusal(
    'unauthorized',
    'The request has no valid API token.',
    'Send `Authorization: Bearer TOKEN`. `rollcall token NAME` creates a token.',
  );

export const refuseExpired = () =>
  refusal('token_expired', 'The API token has expired.', ASK_FOR_ANOTHER);

export const refuseRevoked = () =>
  refusal('token_revoked', 'The API token was revoked.', ASK_FOR_ANOTHER);

export const refuseMaker = () =>
  refusal(
    'token_revoked',
    'The user who created the API token is no longer an admin of the team.',
    ASK_FOR_ANOTHER,
  );

const ASK_FOR_ANOTHER = 'Use another token. An admin of the team can create one under API tokens.';

const refusal = (code: string, message: string, remedy: string): PublicError =>
  new PublicError(401, code, message, remedy);
