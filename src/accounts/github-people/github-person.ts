/** Somebody of whom GitHub says who they are. */
export interface GithubPerson {
  /** GitHub's web address. */
  issuer: string;
  /** GitHub's numeric user id: a login may be somebody else's tomorrow. */
  subject: string;
  login: string;
  /** The primary address, in lower case; undefined where GitHub does not show it, or it is not verified. */
  email: string | undefined;
  /** The address that GitHub itself gives to the id and the login. */
  noreply: string;
}

/** What somebody is in the organizations that a team has connected; undefined where that could not be found out. */
export interface TeamStanding {
  teamId: number;
  /** Whether they are an active member of one of them. */
  isMember: boolean | undefined;
  /** Whether they own one of them. */
  isOwner: boolean | undefined;
}
