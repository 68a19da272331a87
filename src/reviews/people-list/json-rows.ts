import type { ReadRow, ReadRows } from './csv-rows.js';
import { FIELDS, type ListedPerson } from './listed-person.js';
import { wrongJson } from './people-list-problems.js';

/** The rows of `{"people": […]}`. @throws PublicError `people_list_json` */
export async function readJson(text: AsyncIterable<string>): Promise<ReadRows> {
  let whole = '';
  for await (const piece of text) whole += piece;
  const { people, ...more } = objectOf(whole);
  if (!Array.isArray(people)) throw wrongJson('`people` must be an array');
  const [unknown] = Object.keys(more);
  if (unknown !== undefined) throw wrongJson(`'${unknown}' is not a known field`);
  return { rows: rowsOf(people), unit: 'person', ignored: [] };
}

function objectOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch (error) {
    throw wrongJson('it is not valid JSON', error);
  }
  throw wrongJson('it is not an object');
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function* rowsOf(people: unknown[]): AsyncGenerator<ReadRow> {
  for (const [i, person] of people.entries()) {
    const at = i + 1;
    const fault = isObject(person) ? faultOf(person) : 'it is not an object';
    yield fault ? { at, fault } : { at, values: withoutNulls(person as object) };
  }
}

function faultOf(person: Record<string, unknown>): string | undefined {
  const unknown = Object.keys(person).find((key) => !FIELDS.includes(key as keyof ListedPerson));
  if (unknown !== undefined) return `'${unknown}' is not a known field`;
  const wrong = FIELDS.find(
    (field) => !['string', 'undefined'].includes(typeof (person[field] ?? '')),
  );
  return wrong && `${wrong} must be text`;
}

const withoutNulls = (person: object): ReadRow['values'] =>
  Object.fromEntries(Object.entries(person).filter(([, value]) => value !== null));
