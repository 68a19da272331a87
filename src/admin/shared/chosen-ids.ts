import { PublicError } from '../../platform/public-error.js';

/** The most people that one form may choose. */
export const MOST_CHOSEN = 500;

/**
 * The ids that a form chose with its checkboxes, each once.
 * @throws PublicError 422: `nobody_chosen`, `too_many_chosen`, `choice_invalid`
 */
export function chosenIds(form: unknown): number[] {
  const values = [(form as { chosen?: unknown } | undefined)?.chosen ?? []].flat();
  const ids = [...new Set(values.map(Number))];
  if (ids.length === 0) throw nobodyChosen();
  if (ids.length > MOST_CHOSEN) throw tooManyChosen(ids.length);
  if (!ids.every((id) => Number.isSafeInteger(id) && id > 0)) throw choiceInvalid();
  return ids;
}

const nobodyChosen = () =>
  new PublicError(422, 'nobody_chosen', 'Nobody is chosen.', 'Check the boxes of some people.');

const tooManyChosen = (people: number) =>
  new PublicError(
    422,
    'too_many_chosen',
    `${people} people are chosen, and at most ${MOST_CHOSEN} can be changed at once.`,
    'Choose fewer people, and repeat it for the others.',
  );

const choiceInvalid = () =>
  new PublicError(
    422,
    'choice_invalid',
    'The choice has an id that is not valid.',
    'Choose people with the boxes of the page.',
  );
