import type { ListedPerson } from '../../../src/reviews/people-list/listed-person.js';

/** Somebody of a people list. */
export const listed = (person: Partial<ListedPerson> = {}): ListedPerson => ({
  email: 'somebody@example.com',
  name: '',
  githubLogin: null,
  status: 'active',
  endDate: null,
  managerEmail: null,
  ...person,
});
