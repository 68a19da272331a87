import type { SimOrganization } from '../organization.js';
import { payerOf } from '../payer.js';
import { remainingOf } from '../rate-limits.js';
import { ssoMessage, ssoRequiredHeader } from '../sso.js';
import { isoSeconds } from '../user.js';
import type { GraphqlContext } from './context.js';
import { notFoundNode, TypedError } from './errors.js';
import { presentOrganization } from './present.js';
import { presentBot, presentUser } from './present-user.js';
import { presentTeam, seesTeam } from './teams.js';

const MOST_IDS = 100;
/** Points. GitHub asks one for up to a hundred requests of its own, which no query here exceeds. */
const COST = 1;

/** The fields of `Query`. */
export const ROOT = {
  viewer(_: object, { caller }: GraphqlContext) {
    const { user, token } = caller;
    return user ? presentUser(user) : token?.app && presentBot(token.app);
  },

  organization({ login }: { login: string }, context: GraphqlContext) {
    const organization = context.world.organization(login);
    if (organization) return shownOrganization(organization, context);
    const message = `Could not resolve to an Organization with the login of '${login}'.`;
    throw new TypedError('NOT_FOUND', message);
  },

  node({ id }: { id: string }, context: GraphqlContext) {
    const found = resolveNode(id, context);
    if (found instanceof Error) throw found;
    return found;
  },

  nodes({ ids }: { ids: string[] }, context: GraphqlContext) {
    if (ids.length > MOST_IDS) {
      const message = `You may not provide more than ${MOST_IDS} node ids; you provided ${ids.length}.`;
      throw new TypedError('ARGUMENT_LIMIT', message);
    }
    return ids.map((id) => resolveNode(id, context));
  },

  /** As it stands once this query is paid for. */
  rateLimit(_: object, { world, caller, limited, nodeCount }: GraphqlContext) {
    if (!limited) return null;
    const bucket = world.limits.bucket(payerOf(caller), 'graphql');
    const paid = { ...bucket, used: bucket.used + COST };
    const resetAt = isoSeconds(new Date(paid.reset * 1000));
    const { limit, used } = paid;
    return { limit, used, cost: COST, remaining: remainingOf(paid), resetAt, nodeCount };
  },
};

/** An error as the value nulls that one place of the list, as on GitHub. */
function resolveNode(id: string, context: GraphqlContext) {
  const { world, isServer, caller } = context;
  const team = world.team(id);
  if (team && seesTeam(team, caller)) return presentTeam(team, caller);
  const account = world.node(id, isServer);
  if (!account) return notFoundNode(id);
  return account.kind === 'User'
    ? presentUser(account, isServer)
    : shownOrganization(account, context);
}

function shownOrganization(organization: SimOrganization, { caller, headers }: GraphqlContext) {
  const { token } = caller;
  if (!token?.needsSso(organization)) return presentOrganization(organization, caller);
  headers['x-github-sso'] = ssoRequiredHeader(organization);
  return new TypedError('FORBIDDEN', ssoMessage(token.kind), { saml_failure: true });
}
