import type { Request, Response } from 'express';
import { saveSession } from '../accounts/sessions/sessions.js';
import { readOrganizationName } from '../github/access/organization-name.js';
import type { Connected } from '../integrations/connecting/store-integration.js';
import { leaveNotice } from '../platform/web/flash.js';

declare module 'express-session' {
  interface SessionData {
    /** The organization that this session connected last. */
    connected?: { organization: string; page: string };
  }
}

/** Redirects to the members of the new organization, which are being synced. */
export async function showConnected(
  request: Request,
  response: Response,
  { integration }: Connected,
  more = '',
): Promise<void> {
  const { id, organizationLogin: organization } = integration;
  const page = `/integrations/github/${id}/members`;
  request.session.connected = { organization, page };
  leaveNotice(request, `Connected to ${organization}. Members syncing in background.${more}`);
  await saveSession(request);
  response.redirect(303, page);
}

/** The page after the second of two clicks, when the first has connected the organization. */
export function pageAfter({ session: { connected } }: Request, organization: string) {
  const { login } = readOrganizationName(organization) ?? { login: organization };
  const isSame = connected?.organization.toLowerCase() === login.toLowerCase();
  return isSame ? connected.page : undefined;
}
