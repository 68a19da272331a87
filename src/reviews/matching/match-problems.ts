import { PublicError } from '../../platform/public-error.js';

export const listPersonNotFound = () =>
  new PublicError(
    404,
    'list_person_not_found',
    'The people list of your team does not have this person.',
    'Choose one from the list. Somebody may have sent a new list.',
  );

export const memberNotOnGithub = (login: string) =>
  new PublicError(
    409,
    'member_not_on_github',
    `${login} is no longer on GitHub, or the organization is disconnected.`,
    'Choose somebody who is a member or an outside collaborator.',
  );

export const matchTaken = (login: string, email: string) =>
  new PublicError(
    409,
    'match_taken',
    `${login} was chosen for ${email}.`,
    'Take that choice back first, if it was wrong.',
  );
