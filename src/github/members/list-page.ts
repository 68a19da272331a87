/** A page of a list as last read, and its state in the run: the run's checkpoint. */
export interface ListPage {
  page: number;
  etag: string | null;
  githubIds: number[];
  /** People who left this page during the run. */
  formerIds: number[];
  /** The pass of this run that read it last; 0 for none. */
  checkedIn: number;
  /** The last pass that found other people on it. */
  changedIn: number;
}

/** Whether both have the same people in the same places. */
export const hasSamePeople = (one: number[], other: number[]): boolean =>
  one.length === other.length && one.every((id, i) => id === other[i]);

/** The page after another read. */
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
