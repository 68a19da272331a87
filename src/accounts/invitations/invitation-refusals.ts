import { PublicError } from '../../platform/public-error.js';

const ASK_AGAIN = 'Ask an admin of the team for a new link.';

export const unknownInvitation = () =>
  new PublicError(
    404,
    'invitation_unknown',
    'There is no such invitation.',
    `Check that the link is complete. Otherwise ask an admin of the team for a new one.`,
  );

export const usedInvitation = () =>
  new PublicError(
    410,
    'invitation_used',
    'The invitation was already accepted.',
    'If that was you, sign in. Otherwise tell an admin of the team.',
  );

export const withdrawnInvitation = () =>
  new PublicError(410, 'invitation_withdrawn', 'The invitation was withdrawn.', ASK_AGAIN);

export const expiredInvitation = () =>
  new PublicError(410, 'invitation_expired', 'The invitation has expired.', ASK_AGAIN);

export const invitationOfSomebodyElse = (email: string) =>
  new PublicError(
    403,
    'invitation_of_somebody_else',
    `The invitation is for ${email}.`,
    `Sign out, and sign in as ${email}.`,
  );

export const signInToAccept = () =>
  new PublicError(
    403,
    'invitation_needs_sign_in',
    'You already have an account here.',
    'Sign in to accept the invitation.',
  );

export const alreadyInTeam = () =>
  new PublicError(
    409,
    'user_in_team',
    'This user is already in the team.',
    'To change their role, choose them in the list of users.',
  );

export const invitationNotFound = () =>
  new PublicError(
    404,
    'invitation_not_found',
    'Your team does not have this invitation.',
    'Choose one from the list. It may have been accepted or withdrawn.',
  );
