import { FIELDS, type ListedPerson } from './listed-person.js';

/** Somebody in the current version, with the id of the row that says it. */
export interface KnownPerson extends ListedPerson {
  rowId: number;
  personId: number;
}

/** How a list differs from the current version. */
export interface ListDifference {
  added: ListedPerson[];
  changed: { before: KnownPerson; after: ListedPerson }[];
  removed: KnownPerson[];
}

/** People are compared by their email address; the order of a list does not count. */
export function listDifference(known: KnownPerson[], listed: ListedPerson[]): ListDifference {
  const before = new Map(known.map((person) => [person.email, person]));
  const difference: ListDifference = { added: [], changed: [], removed: [] };
  for (const after of listed) {
    const person = before.get(after.email);
    before.delete(after.email);
    if (!person) difference.added.push(after);
    else if (FIELDS.some((field) => person[field] !== after[field]))
      difference.changed.push({ before: person, after });
  }
  difference.removed = [...before.values()];
  return difference;
}
