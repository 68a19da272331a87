import { Injectable } from '@nestjs/common';
import type { GithubClient } from '../../github/client/github-client.js';
import type { StandingAnswer } from '../../github/client/people-questions.js';
import { GithubFailure } from '../../github/errors/github-failure.js';
import { GithubCredentials } from '../../integrations/connections/github-credentials.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { RefusalLog } from '../../platform/observability/refusal-log.js';
import { PublicError } from '../../platform/public-error.js';
import type { Standing } from './team-standings.js';

/** How long all questions about one person may take, in ms: a request of a page waits for them. */
const TIMEOUT_MS = 10_000;

/** Asks GitHub with an integration's own credential what somebody is in its organization. */
@Injectable()
export class MemberStandings {
  constructor(
    private readonly credentials: GithubCredentials,
    private readonly refusals: RefusalLog,
  ) {}

  /** `unknown` where GitHub does not answer, or not to this credential. The log says why. */
  async of(integration: GithubIntegration, userId: number): Promise<Standing> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const { client } = await this.credentials.open(integration, { signal, isUrgent: true });
      return await ask(client, integration, userId);
    } catch (error) {
      if (!(error instanceof PublicError) && !signal.aborted) throw error;
      const code = error instanceof PublicError ? error.code : 'github_unavailable';
      this.refusals.write('github_recheck_failed', {
        ...{ code, integrationId: integration.id },
        organization: integration.organizationLogin,
      });
      return 'unknown';
    }
  }
}

/** Logins of people and organizations may be somebody else's by now: the answer's ids decide. */
async function ask(
  client: GithubClient,
  { organizationId, organizationLogin }: GithubIntegration,
  userId: number,
): Promise<Standing> {
  const user = await client.people.byId(userId);
  if (!user) return 'none';
  const { login } = user;
  const found = await client.people.standing(organizationLogin, login).catch(nullIfRefused);
  if (found?.organizationId === organizationId) return standingIn(found, userId);
  const { login: present } = await client.organizationById(organizationId);
  return standingIn(await client.people.standing(present, login), userId);
}

/** By another organization, perhaps, which took the name. */
function nullIfRefused(error: unknown): null {
  if (error instanceof GithubFailure && error.status === 422) return null;
  throw error;
}

function standingIn(found: StandingAnswer | null, userId: number): Standing {
  if (!found) return 'none';
  // Somebody else took the login in this moment.
  if (found.user.id !== userId) return 'unknown';
  if (!found.isActive) return 'none';
  return found.isOwner ? 'owner' : 'member';
}
