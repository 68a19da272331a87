/** The claims of an ID token or of the userinfo endpoint that Rollcall reads. */
export interface Claims {
  sub?: string;
  email?: unknown;
  email_verified?: unknown;
  groups?: unknown;
}

/** Somebody of whom the identity provider says who they are. */
export interface ProvenPerson {
  issuer: string;
  subject: string;
  /** In lower case; undefined where the provider names none, or does not say that it is verified. */
  verifiedEmail: string | undefined;
  /** The address as the provider tells it, for a refusal. */
  email: string | undefined;
  /** Undefined where the provider says nothing of groups. */
  groups: string[] | undefined;
}

interface Told {
  idToken: Claims | undefined;
  /** Of the userinfo endpoint, which is newer. */
  more: Claims | undefined;
}

export function personIn(issuer: string, subject: string, { idToken, more }: Told): ProvenPerson {
  // The address and whether it is verified belong together.
  const source = typeof more?.email === 'string' ? more : idToken;
  const email = typeof source?.email === 'string' ? source.email.trim().toLowerCase() : undefined;
  // Some providers send it as text.
  const isVerified = source?.email_verified === true || source?.email_verified === 'true';
  const verifiedEmail = isVerified ? email : undefined;
  return { issuer, subject, email, verifiedEmail, groups: groupsIn(more) ?? groupsIn(idToken) };
}

/** One group may come as text. */
function groupsIn(claims: Claims | undefined): string[] | undefined {
  const groups = typeof claims?.groups === 'string' ? [claims.groups] : claims?.groups;
  if (!Array.isArray(groups)) return undefined;
  return groups.filter((group): group is string => typeof group === 'string');
}
