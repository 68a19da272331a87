import { PublicError } from '../../platform/public-error.js';

/** The most people in a list. */
export const MAX_PEOPLE = 100_000;

/** In bytes. */
export const MAX_LIST_SIZE = 32_000_000;

/** The most wrong rows that an error names. */
export const MAX_NAMED_FAULTS = 100;

/** What is wrong with one row. */
export interface RowFault {
  /** The number of the line in CSV, of the person in JSON. */
  at: number;
  problem: string;
}

/** Rows of a list that cannot be taken. Nothing of the list was taken. */
export class WrongRows extends PublicError {
  constructor(
    /** The first ones, at most `MAX_NAMED_FAULTS`. */
    readonly faults: RowFault[],
    /** How many are wrong. */
    readonly count: number,
    readonly unit: 'line' | 'person',
  ) {
    const named = faults.map(({ at, problem }) => `${unit} ${at}: ${problem}`).join('; ');
    super(
      422,
      'people_list_wrong_rows',
      `${count === 1 ? '1 row is' : `${count.toLocaleString('en')} rows are`} wrong: ${named}${count > faults.length ? '; …' : ''}.`,
      'Nothing was taken. Correct these rows and send the whole list again.',
    );
  }
}

export const listTooLarge = () =>
  new PublicError(
    413,
    'people_list_too_large',
    `The list is larger than ${MAX_LIST_SIZE / 1e6} MB.`,
    `Nothing was taken. Send at most ${MAX_LIST_SIZE / 1e6} MB, without columns that Rollcall does not use.`,
  );

export const tooManyPeople = () =>
  new PublicError(
    422,
    'people_list_too_long',
    `The list has more than ${MAX_PEOPLE.toLocaleString('en')} people.`,
    'Nothing was taken. Leave out people who left long ago.',
  );

export const listEmpty = () =>
  new PublicError(
    422,
    'people_list_empty',
    'The list has no people.',
    'Nothing was taken. Send a list with at least one person.',
  );

export const wrongEncoding = (cause?: unknown) =>
  new PublicError(
    422,
    'people_list_encoding',
    'The list is neither UTF-8 nor UTF-16.',
    'Save it as “CSV UTF-8” and send it again.',
    { cause },
  );

export const wrongHeader = (problem: string) =>
  new PublicError(
    422,
    'people_list_header',
    `The first line must name the columns: ${problem}.`,
    'Name them email, name, github_login, status, end_date, manager_email, in any order. Only email is required.',
  );

export const wrongJson = (problem: string, cause?: unknown) =>
  new PublicError(
    422,
    'people_list_json',
    `The list is not the JSON that Rollcall reads: ${problem}.`,
    'Send one object, such as {"people":[{"email":"ada@example.com"}]}.',
    { cause },
  );
