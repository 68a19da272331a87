import { grantRefusal, isOwner, lackingMessage, seesConcealed } from '../access.js';
import type { Caller } from '../caller.js';
import { firstNotBelow } from '../member-order.js';
import type { SimMembership } from '../membership.js';
import type { SimOrganization } from '../organization.js';
import { TypedError } from './errors.js';
import { presentUser } from './present-user.js';

const FIELD = '`membersWithRole`';
const LARGEST_PAGE = 100;

interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** A page of members by ascending id. Its cursors name an id, so who joins or leaves earlier shifts nothing. */
export function memberConnection(
  organization: SimOrganization,
  caller: Caller,
  page: PageArguments,
) {
  const first = pageSize(page.first);
  if (grantRefusal(caller, organization, ''))
    throw new TypedError('FORBIDDEN', lackingMessage(caller));
  const insider = seesConcealed(caller, organization);
  const list = organization.list({ publicOnly: !insider });
  const start = page.after ? firstNotBelow(list, decodeCursor(page.after) + 1) : 0;
  const members = list.slice(start, start + first);
  const owner = isOwner(caller, organization);
  return {
    edges: () => members.map((member) => edge(member, insider, owner)),
    nodes: () => members.map(({ user }) => presentUser(user)),
    pageInfo: () => pageInfo(list, members, start),
    totalCount: list.length,
  };
}

function edge(member: SimMembership, insider: boolean, owner: boolean) {
  return {
    cursor: encodeCursor(member),
    node: presentUser(member.user),
    role: insider ? member.role.toUpperCase() : null,
    hasTwoFactorEnabled: owner ? member.user.twoFactor : null,
  };
}

function pageInfo(
  list: readonly SimMembership[],
  members: readonly SimMembership[],
  start: number,
) {
  const [head, tail] = [members[0], members.at(-1)];
  return {
    startCursor: head ? encodeCursor(head) : null,
    endCursor: tail ? encodeCursor(tail) : null,
    hasPreviousPage: start > 0,
    hasNextPage: start + members.length < list.length,
  };
}

/** @throws TypedError in GitHub's words where the page is missing, below 1 or over 100 */
function pageSize(first: number | null | undefined): number {
  if (first === null || first === undefined) {
    const need = `You must provide a \`first\` or \`last\` value to properly paginate the ${FIELD} connection.`;
    throw new TypedError('MISSING_PAGINATION_BOUNDARIES', need);
  }
  if (first < 1) {
    const need = `\`first\` on the ${FIELD} connection cannot be less than one.`;
    throw new TypedError('INVALID_PAGINATION_BOUNDARIES', need);
  }
  if (first > LARGEST_PAGE) {
    const asked = `Requesting ${first} records on the ${FIELD} connection`;
    throw new TypedError(
      'EXCESSIVE_PAGINATION',
      `${asked} exceeds the \`first\` limit of 100 records.`,
    );
  }
  return first;
}

function encodeCursor({ user }: SimMembership): string {
  return Buffer.from(`cursor:v2:${user.id}`).toString('base64');
}

/** @throws TypedError when it is no cursor of ours */
function decodeCursor(cursor: string): number {
  const id = /^cursor:v2:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString())?.[1];
  if (id !== undefined) return Number(id);
  const message = `\`${cursor}\` does not appear to be a valid cursor.`;
  throw new TypedError('INVALID_CURSOR_ARGUMENTS', message);
}
