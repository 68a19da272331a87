/** An organization with its id and its present name. */
export interface PinnedOrganization {
  id: number;
  login: string;
}
