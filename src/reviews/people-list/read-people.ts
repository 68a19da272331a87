import { isEmailAddress } from '../../accounts/users/email-address.js';
import { LOGIN } from '../../github/access/organization-name.js';
import { fittingText } from '../../platform/database/fitting-text.js';
import { isDay } from '../../platform/dates.js';
import { type ReadRow, type ReadRows, readCsv } from './csv-rows.js';
import { decodedText } from './decoded-text.js';
import { readJson } from './json-rows.js';
import { LIST_STATUSES, type ListedPerson, type ListStatus } from './listed-person.js';
import {
  listEmpty,
  MAX_NAMED_FAULTS,
  MAX_PEOPLE,
  type RowFault,
  tooManyPeople,
  WrongRows,
} from './people-list-problems.js';

export type ListFormat = 'csv' | 'json';

/** A whole list without a fault. */
export interface ReadPeople {
  people: ListedPerson[];
  /** The columns that Rollcall does not use. */
  ignored: string[];
}

/** In characters: the length of the column. */
const MAX_NAME = 255;

/** Reads a list to its end. @throws PublicError that says what is wrong with it, such as `WrongRows` */
export async function readPeople(
  bytes: AsyncIterable<Uint8Array>,
  format: ListFormat,
): Promise<ReadPeople> {
  const text = decodedText(bytes);
  const read = await (format === 'csv' ? readCsv(text) : readJson(text));
  return { people: await peopleOf(read), ignored: read.ignored };
}

async function peopleOf({ rows, unit }: ReadRows): Promise<ListedPerson[]> {
  const people: ListedPerson[] = [];
  const places = new Map<string, string>();
  const faults: RowFault[] = [];
  let wrong = 0;
  for await (const row of rows) {
    if (people.length + wrong >= MAX_PEOPLE) throw tooManyPeople();
    const problem = faultOf(row, places);
    if (problem !== undefined) {
      if (wrong++ < MAX_NAMED_FAULTS) faults.push({ at: row.at, problem });
      continue;
    }
    const person = personOf(row.values);
    places.set(person.email, `${unit} ${row.at}`);
    people.push(person);
  }
  faults.sort((one, other) => one.at - other.at);
  if (wrong > 0) throw new WrongRows(faults, wrong, unit);
  if (people.length === 0) throw listEmpty();
  return people;
}

/** @param places of the people before, by email address */
function faultOf({ values = {}, fault }: ReadRow, places: Map<string, string>) {
  const problem = fault ?? problemOf(values);
  if (problem !== undefined) return problem;
  const email = keyOf(values.email);
  const before = places.get(email);
  return before === undefined ? undefined : `${email} is already in ${before}`;
}

type Values = NonNullable<ReadRow['values']>;

function problemOf({ email, name, githubLogin, status, endDate, managerEmail }: Values) {
  if (!keyOf(email)) return 'email is missing';
  if (!isEmailAddress(keyOf(email))) return `${quoted(email)} is not an email address`;
  if (keyOf(name).length > MAX_NAME) return `name is longer than ${MAX_NAME} characters`;
  if (keyOf(githubLogin) && !LOGIN.test(loginOf(githubLogin)))
    return `${quoted(githubLogin)} is not a GitHub login`;
  if (keyOf(status) && !isStatus(keyOf(status)))
    return `status is ${quoted(status)}; it must be ${LIST_STATUSES.join(' or ')}`;
  if (keyOf(endDate) && !isDay(keyOf(endDate)))
    return `end_date is ${quoted(endDate)}; it must be a date such as 2026-03-31`;
  if (keyOf(managerEmail) && !isEmailAddress(keyOf(managerEmail)))
    return `the manager's ${quoted(managerEmail)} is not an email address`;
  return undefined;
}

const personOf = ({ email, name, githubLogin, status, endDate, managerEmail }: Values = {}) => ({
  email: keyOf(email),
  name: fittingText((name ?? '').trim(), MAX_NAME),
  githubLogin: loginOf(githubLogin) || null,
  status: (keyOf(status) || 'active') as ListStatus,
  endDate: keyOf(endDate) || null,
  managerEmail: keyOf(managerEmail) || null,
});

/** In lower case, without spaces around it. */
const keyOf = (text = ''): string =>
  fittingText(text, Number.POSITIVE_INFINITY).trim().toLowerCase();

const loginOf = (text = ''): string => text.trim().replace(/^@/, '');

const isStatus = (text: string): boolean => LIST_STATUSES.some((status) => status === text);

/** A wrong value as an error shows it. */
const quoted = (text = ''): string => `'${fittingText(text.trim(), 60)}'`;
