import { parseUrl } from '../../config/parse-url.js';
import { PublicError } from '../../platform/public-error.js';
import { webAddress } from '../errors/web-address.js';

/** An organization as a person typed it. */
export interface OrganizationName {
  login: string;
  /** The host of its address; undefined if only the name was typed. */
  host: string | undefined;
}

/** Of an organization or a person. */
export const LOGIN = /^\w[\w-]{0,99}$/;
const GITHUB = 'github.com';

/** GitHub's pages with a path like an organization's. */
const NO_LOGINS = ['orgs', 'organizations', 'settings', 'enterprises', 'login'];

/**
 * Reads `acme`, `@acme`, `acme/`, and the organization's address on any server: `https://github.com/acme`,
 * `github.com/orgs/acme/people`, `https://HOST/acme`. Undefined if it does not name one organization.
 */
export function readOrganizationName(typed: string): OrganizationName | undefined {
  const text = typed.trim();
  const login = text.replace(/^@/, '').replace(/\/$/, '');
  if (LOGIN.test(login)) return { login, host: undefined };
  const url = parseUrl(/^https?:\/\//i.test(text) ? text : `https://${text}`);
  const isAddress = /^(https?:\/\/|[\w-]+(\.[\w-]+)+(:\d+)?\/)/i.test(text);
  return url && isAddress && !url.username ? ofAddress(url) : undefined;
}

function ofAddress({ host, pathname }: URL): OrganizationName | undefined {
  const [first = '', second = '', ...more] = pathname.replace(/^\/+|\/+$/g, '').split('/');
  const isAdminPage = first === 'orgs' || first === 'organizations';
  const login = isAdminPage ? second : first;
  const isClear = isAdminPage || (second === '' && more.length === 0);
  if (!isClear || !LOGIN.test(login) || NO_LOGINS.includes(login.toLowerCase())) return undefined;
  return { login, host: withoutPrefix(host) };
}

const withoutPrefix = (host: string): string => host.replace(/^(www|api)\./, '');

/** Whether it may be on that server. An address of github.com is accepted for any server. */
export const isOfServer = ({ host }: OrganizationName, apiUrl: string): boolean =>
  [undefined, GITHUB, withoutPrefix(new URL(webAddress(apiUrl)).host)].includes(host);

export const ORGANIZATION_FORMS =
  'Use its name on GitHub, as in github.com/NAME, or the URL of its page.';

/**
 * The login of the organization that a person typed, to look up at an API address.
 * @throws PublicError 422: `organization_missing`, `organization_name_invalid`, `organization_elsewhere`
 */
export function organizationLogin(typed: string, apiUrl: string): string {
  if (!typed.trim()) throw organizationMissing();
  const name = readOrganizationName(typed);
  if (!name) throw nameInvalid();
  if (!isOfServer(name, apiUrl)) throw elsewhere(name, apiUrl);
  return name.login;
}

const organizationMissing = () =>
  new PublicError(
    422,
    'organization_missing',
    'No organization was chosen.',
    'Choose one from the list, or type its name.',
  );

const nameInvalid = () =>
  new PublicError(
    422,
    'organization_name_invalid',
    'The organization name is not valid.',
    ORGANIZATION_FORMS,
  );

const elsewhere = ({ host, login }: OrganizationName, apiUrl: string) =>
  new PublicError(
    422,
    'organization_elsewhere',
    `The address of ${login} is on ${host}, but the API address is ${apiUrl}.`,
    `Use the API address of ${host}, or the organization's address on the server that you connect.`,
  );
