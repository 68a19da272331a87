/** What GitHub is shown: a token as it is; or, with its key, the GitHub App of this server: for one installation, or as itself. */
export type GithubCredential =
  | { kind: 'token'; token: string }
  | { kind: 'installation'; installationId: number }
  | { kind: 'app' };

/** What tells one credential from another. A token's is the token itself, so it is for no access. */
export function credentialKey(credential: GithubCredential): string {
  if (credential.kind === 'token') return credential.token;
  return credential.kind === 'app' ? 'app' : `installation:${credential.installationId}`;
}
