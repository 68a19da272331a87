/** A token; or this server's GitHub App, which signs with its key: for one installation, or as itself. */
export type GithubCredential =
  | { kind: 'token'; token: string }
  | { kind: 'installation'; installationId: number }
  | { kind: 'app' };

/** Identifies a credential. For a token it is the token itself, so it must not be shown. */
export function credentialKey(credential: GithubCredential): string {
  if (credential.kind === 'token') return credential.token;
  return credential.kind === 'app' ? 'app' : `installation:${credential.installationId}`;
}
