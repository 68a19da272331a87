import type { VisibleFields } from '../../integrations/connections/credential.entity.js';
import type { KnownCredential } from '../../integrations/connections/credential-healths.js';
import type { MemberSyncRun } from '../../integrations/runs/member-sync-run.entity.js';

/** A credential that expires within this time should be replaced. */
const EXPIRES_SOON_MS = 14 * 86_400_000;

const KINDS = {
  token: 'Personal access token',
  oauth: 'OAuth token',
  installation: 'GitHub App',
};

/** Error codes of a run that are a problem of the credential. */
const PROBLEMS: Record<string, string> = {
  bad_credentials: 'Refused by GitHub',
  credential_unreadable: 'Cannot be decrypted',
  sso_required: 'Needs single sign-on',
  missing_permission: 'Missing permission',
  ip_not_allowed: 'Refused by the IP allow list',
  classic_token_forbidden: 'Classic tokens are not allowed',
  token_lifetime_forbidden: 'Token lifetime is too long',
  oauth_app_restricted: 'The App is not approved',
  account_suspended: 'The account is suspended',
  visibility_reduced: 'Can now see only public members',
};

const lists = new Intl.ListFormat('en', { type: 'conjunction' });

/** The state of a credential, shown before it fails. */
export function credentialView(
  credential: KnownCredential,
  latest: Pick<MemberSyncRun, 'errorCode' | 'finishedAt'> | null,
  now = Date.now(),
) {
  const { kind, expiresAt, sees, checkedAt } = credential;
  const problem = problemOf(credential, latest);
  const expiry = expiryOf(credential, now);
  return {
    kind: KINDS[kind],
    problem,
    expiresAt: expiresAt?.toISOString(),
    expiry,
    validity: problem ? ('problem' as const) : expiry,
    isError: problem !== undefined || expiry === 'expired',
    isWarning: !problem && expiry === 'expires-soon',
    checkedAt: checkedAt?.toISOString(),
    sees: sees && lists.format(seen(sees)),
    lacks: sees && lacking(sees, kind),
  };
}

function expiryOf({ expiresAt, checkedAt }: KnownCredential, now: number) {
  if (!expiresAt) return checkedAt ? 'no-expiry' : 'unknown';
  const left = expiresAt.getTime() - now;
  if (left <= 0) return 'expired';
  return left < EXPIRES_SOON_MS ? 'expires-soon' : 'expires';
}

/** Ignores a run that ended before the credential was replaced. */
function problemOf(
  { updatedAt }: KnownCredential,
  latest: Pick<MemberSyncRun, 'errorCode' | 'finishedAt'> | null,
): string | undefined {
  if (!latest?.finishedAt || updatedAt > latest.finishedAt) return undefined;
  return PROBLEMS[latest.errorCode ?? ''];
}

const seen = ({ everybody, roles, twoFactor, email }: VisibleFields): string[] => [
  everybody ? 'all members' : 'public members only',
  ...(roles ? ['roles'] : []),
  ...(twoFactor ? ['two-factor authentication'] : []),
  ...(email ? ['public email addresses'] : []),
];

/** What another credential could read, and which credential that is. */
const lacking = ({ everybody, twoFactor, email }: VisibleFields, kind: KnownCredential['kind']) => [
  ...(everybody && !twoFactor
    ? [
        {
          what: 'two-factor authentication',
          why:
            kind === 'installation'
              ? 'needs a token of an owner instead'
              : 'needs a token of an owner',
        },
      ]
    : []),
  ...(email ? [] : [{ what: 'public email addresses', why: 'the scope read:user is missing' }]),
];
