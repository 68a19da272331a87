import { canReadEmail } from '../github/access/credential-visibility.js';
import type { Viewer } from '../github/client/github-client.js';
import { GithubFailure } from '../github/errors/github-failure.js';
import type { Typed } from './typed-answers.js';

/** The organizations to choose from, with the previous choice. */
export function organizationChoice(logins: string[], typed: Typed, error?: unknown) {
  const wanted = typed.organization.toLowerCase();
  const listed = logins.find((login) => login.toLowerCase() === wanted);
  // Of several, none is preselected: one key press too many would connect the first.
  const chosen = listed ?? (logins.length === 1 ? logins[0] : undefined);
  const offersPublicOnly = typed.publicOnly || seesPublicOnly(error);
  return {
    organizations: logins.map((login) => ({ login, isChosen: login === chosen })),
    // The checkbox for public members is beside the name.
    organization: listed && !offersPublicOnly ? '' : typed.organization,
    offersPublicOnly,
    publicOnly: typed.publicOnly,
  };
}

/** Whether GitHub shows the token's owner public members only, which the user may accept. */
const seesPublicOnly = (error: unknown): boolean =>
  error instanceof GithubFailure && error.code === 'visibility_reduced';

/** The token's owner, and its scopes. */
export const presentViewer = ({ login, scopes }: Viewer) => ({
  login,
  tellsScopes: scopes !== undefined,
  seesEmail: canReadEmail(scopes),
});
