/** A page of a list as it was read last, and what the run that reads the list knows of it: its checkpoint. */
export interface ListPage {
  page: number;
  etag: string | null;
  githubIds: number[];
  /** Who was on it earlier in this run. */
  formerIds: number[];
  /** In which pass over the list it was looked at last; 0 for not yet, in this run. */
  checkedIn: number;
  /** In which pass other people were on it than before. */
  changedIn: number;
}

/** Whether both have the same people in the same places. */
export const hasSamePeople = (one: number[], other: number[]): boolean =>
  one.length === other.length && one.every((id, i) => id === other[i]);

/** The page as it is now, after another look at it. */
export function pageAfterRead(
  known: ListPage | undefined,
  now: Pick<ListPage, 'page' | 'etag' | 'githubIds'>,
  pass: number,
): ListPage {
  const isSame = known !== undefined && hasSamePeople(known.githubIds, now.githubIds);
  const earlier = known && known.checkedIn > 0 ? [...known.formerIds, ...known.githubIds] : [];
  const present = new Set(now.githubIds);
  return {
    ...now,
    formerIds: [...new Set(earlier)].filter((id) => !present.has(id)),
    checkedIn: pass,
    changedIn: isSame ? known.changedIn : pass,
  };
}
