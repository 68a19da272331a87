import type { ListedState } from '../members/invitations/organization-invitation.entity.js';
import { OrganizationInvitations } from '../members/invitations/organization-invitations.js';
import {
  invitationsCsv,
  type PresentedInvitation,
} from '../members/invitations/present-invitation.js';
import { jsonArray } from '../platform/json.js';
import { print } from '../platform/process/output.js';
import { localTime } from './local-time.js';
import { integrationOf, withApp } from './one-shot.js';
import { formatOf, type OutputOptions } from './output-format.js';
import { warnOfParts } from './part-warning.js';
import { tableLines } from './table.js';

interface InvitationsOptions extends OutputOptions {
  state: ListedState;
}

type Invitations = () => AsyncIterable<PresentedInvitation>;

/** Prints the invitations; what of them is not known stands on stderr. */
export async function invitations(
  organization: string,
  options: InvitationsOptions,
): Promise<void> {
  const format = formatOf(options);
  await withApp(async (app) => {
    const { id: integrationId } = await integrationOf(app, organization, options.team);
    const stored = app.get(OrganizationInvitations);
    const all = () => stored.all({ integrationId, state: options.state });
    for await (const text of FORMATS[format](all)) await print(text);
    await warnOfParts(app, integrationId, ['invitations']);
  });
}

const FORMATS = {
  json: (all: Invitations) => jsonArray(all()),
  csv: (all: Invitations) => invitationsCsv(all()),
  table: (all: Invitations) => tableLines(HEADER, () => rows(all)),
};

const HEADER = ['LOGIN OR EMAIL', 'ROLE', 'INVITED', 'BY', 'TEAMS', 'REASON'];

async function* rows(all: Invitations) {
  for await (const one of all()) {
    const teams = one.githubTeams?.map(({ slug }) => slug).join(' ') ?? '?';
    const invited = localTime(new Date(one.invitedAt));
    yield [one.login ?? one.email, one.role, invited, one.invitedBy, teams, one.failedReason];
  }
}
