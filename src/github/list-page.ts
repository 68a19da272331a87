/** A page of a list that was read: what is needed to go on from there, and to see whether it has changed. */
export interface ListPage {
  page: number;
  etag: string | null;
  githubIds: number[];
}
