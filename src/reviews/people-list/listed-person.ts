export const LIST_STATUSES = ['active', 'left'] as const;

export type ListStatus = (typeof LIST_STATUSES)[number];

/** One person of a people list. */
export interface ListedPerson {
  /** In lower case: it identifies the person in all versions of the list. */
  email: string;
  /** '' where the list has none. */
  name: string;
  githubLogin: string | null;
  status: ListStatus;
  /** The last day at the company, as `2026-03-31`. */
  endDate: string | null;
  /** In lower case. */
  managerEmail: string | null;
}

/** The fields of a person, and their columns in CSV. */
export const CSV_COLUMNS: Record<keyof ListedPerson, string> = {
  email: 'email',
  name: 'name',
  githubLogin: 'github_login',
  status: 'status',
  endDate: 'end_date',
  managerEmail: 'manager_email',
};

export const FIELDS = Object.keys(CSV_COLUMNS) as (keyof ListedPerson)[];

/** Whether somebody has left the company. The last day still counts as a day at the company, in UTC. */
export const hasLeft = (
  { status, endDate }: Pick<ListedPerson, 'status' | 'endDate'>,
  now: Date,
): boolean => status === 'left' || (endDate !== null && endDate < now.toISOString().slice(0, 10));
