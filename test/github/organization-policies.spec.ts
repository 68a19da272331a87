import { beforeEach, describe, expect, it } from 'vitest';
import type { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { isPaused } from '../../src/integrations/schedules/schedule-pause.js';
import { type Match, PROFILES } from '../../src/simulator/faults.js';
import type { Policy } from '../../src/simulator/policies.js';
import { connect, syncToEnd } from '../support/runs.js';
import { startGithub, startService } from '../support/service.js';

const ALWAYS = { times: Number.POSITIVE_INFINITY };
const LINK = 'https://github.com/settings/personal-access-tokens/12885303';

const ORGANIZATION = /^GET \/organizations\/\d+$/;

/** What is refused how, what people are told, and whether a schedule waits for them. */
const CODES: [Policy, string, RegExp, boolean][] = [
  ['ipAllowList', 'ip_not_allowed', /address of this server/, false],
  ['classicTokens', 'classic_token_forbidden', /fine-grained token/, true],
  ['tokenLifetime', 'token_lifetime_forbidden', new RegExp(LINK), true],
  ['oauthApps', 'oauth_app_restricted', /organization owner.*approve/, false],
  ['suspendedAccount', 'account_suspended', /token of another account/, true],
];

describe('a policy of the organization', () => {
  let github: Awaited<ReturnType<typeof startGithub>>;
  let service: Awaited<ReturnType<typeof startService>>;
  let integration: GithubIntegration;

  beforeEach(async () => {
    github = await startGithub({ members: 3 });
    service = await startService({ env: { GITHUB_API_URL: github.simulator.url } });
    integration = await connect(service, github.token);
  });

  async function refusal(match: Match, policy: Policy, message?: string) {
    const { simulator, world, organization, token } = github;
    simulator.faults.clear();
    // An unchanged list would be read without asking for profiles.
    organization.join(world.addUser());
    const fault = simulator.faults.on(match, ALWAYS).policy(policy, message);
    const run = await syncToEnd(service, integration.id);
    expect(run).toMatchObject({ state: 'error' });
    expect(JSON.stringify(run)).not.toContain(token);
    return { ...run, tries: fault.happened };
  }

  // Each with a GitHub of its own: a request that an ended run gave up may still arrive.
  describe.each(CODES)('%s', (policy, errorCode, remedy, pauses) => {
    it.each([
      ['the organization', ORGANIZATION],
      ['profiles', PROFILES],
    ])('has a code and a remedy of its own at %s, and is asked once', async (_, match) => {
      const run = await refusal(match, policy);
      const errorRemedy = expect.stringMatching(remedy);
      expect(run).toMatchObject({ errorCode, errorRemedy, tries: 1 });
      expect(isPaused(integration, run)).toBe(pauses);
    });
  });

  it('is told before a limit, whose wait would not mend it', async () => {
    github.world.setRemaining(github.token, 'core', 3, 600);
    expect(await refusal(/^GET \/user$/, 'suspendedAccount')).toMatchObject({
      errorCode: 'account_suspended',
    });
  });

  it('shows a link of GitHub alone', async () => {
    const elsewhere = "'a' forbids access via a token if the token's lifetime is long: ";
    for (const link of ['https://github.com.evil.example/', 'https://github.com@evil.example/x']) {
      const { errorCode, errorRemedy } = await refusal(PROFILES, 'tokenLifetime', elsewhere + link);
      expect(errorCode).toBe('token_lifetime_forbidden');
      expect(errorRemedy).not.toContain('evil');
    }
  });

  it("is told in GitHub's own words where it is not known", async () => {
    const words = `No\u0000 ${github.token} <b>may</b>\u202e\nsee https://evil.example/a ${'more '.repeat(200)}`;
    for (const match of [ORGANIZATION, PROFILES]) {
      const { errorCode, errorMessage, errorRemedy, tries } = await refusal(
        match,
        'ipAllowList',
        words,
      );
      expect([errorCode, tries]).toEqual(['missing_permission', 1]);
      expect(errorMessage).toMatch(/"No \[…\] <b>may<\/b> \| see \[…\] more more .*…"$/);
      expect(errorMessage?.length).toBeLessThan(500);
      expect(errorRemedy).not.toContain('read:org');
    }
  });

  it('is read in its first part only, however much is answered', async () => {
    const words = `No. ${"'a' forbids access via ".repeat(60_000)} the token's lifetime.`;
    for (const match of [ORGANIZATION, PROFILES]) {
      const { errorCode, errorMessage } = await refusal(match, 'ipAllowList', words);
      expect(errorCode).toBe('missing_permission');
      expect(errorMessage?.length).toBeLessThan(500);
    }
  });
});
