import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { IntegrationConnector } from '../../src/integrations/connecting/integration-connector.js';
import { IntegrationParts } from '../../src/integrations/parts/integration-parts.js';
import { PARTS } from '../../src/integrations/parts/part.js';
import { startGithubWithApp } from '../support/github-apps.js';
import { syncToEnd } from '../support/runs.js';
import { startService } from '../support/service.js';

const DOCS = readFileSync('docs/connect-github.md', 'utf8');

const WORDS = { complete: 'yes', incomplete: 'in part', not_visible: 'no', failed: 'failed' };

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;

const MEMBER = 'The credential of a member of the organization.';

const isPublic = (name: string): boolean => name.endsWith('public members only');

/** What the docs say that the part takes. */
function takes(part: string): string {
  const [, words] = new RegExp(`^\\| \`${part}\` \\| (.*) \\|$`, 'm').exec(DOCS) ?? [];
  if (!words) throw new Error(`The docs do not say what ${part} takes.`);
  return words;
}

it('each credential shows the parts that the docs name, and is told what the others take', async () => {
  const { world, organization, app, env } = await startGithubWithApp({ members: 3 });
  const [owner, member] = organization.list({}).map(({ user }) => user);
  if (!owner || !member) throw new Error('The organization is too small.');
  organization.setRole(owner, 'admin');
  organization.setRole(member, 'member');
  organization.identities.link(member, { nameId: 'member' });
  organization.collaborators.add(world.addUser());
  const installation = world.installApp(app, organization);
  const service = await startService({ env });
  const get = <T>(type: new (...given: never[]) => T): T =>
    service.app.get(type, { strict: false });
  const tokenOf = (details: object) => () => {
    world.addToken({
      token: 'ghp_one',
      user: owner,
      scopes: ['read:org', 'read:user'],
      ...details,
    });
    return { token: 'ghp_one' };
  };
  const appWith = (permissions: typeof installation.permissions) => () => {
    installation.permissions = permissions;
    return { installationId: installation.id };
  };
  const credentials = {
    'a classic token of a member, `read:org`': tokenOf({ user: member }),
    'a classic token of an owner, `read:org`': tokenOf({}),
    'a classic token of an owner, `admin:org`': tokenOf({ scopes: ['admin:org', 'read:user'] }),
    'a fine-grained token of an owner, "Members: read"': tokenOf({ kind: 'fine-grained' }),
    'a GitHub App, "Members: read"': appWith({ members: 'read' }),
    'a GitHub App, "Members: read" and "Administration: read"': appWith({
      ...{ members: 'read', organization_administration: 'read' },
    }),
    'any token, public members only': () => ({ ...tokenOf({ user: member })(), publicOnly: true }),
  };
  const shown: string[] = [];
  for (const [name, offer] of Object.entries(credentials)) {
    const request = { teamId: 1, organization: organization.login, ...offer() };
    const { integration } = await get(IntegrationConnector).connect(request);
    const run = await syncToEnd(service, integration.id);
    expect(run.state, name).toBe('complete');
    const parts = await get(IntegrationParts).of(integration.id);
    expect(parts.map(({ part }) => part)).toEqual(PARTS);
    shown.push(line([name, ...parts.map(({ state }) => WORDS[state])]));
    for (const { part, state, needs } of parts) {
      expect(needs === null, `${name}: ${part}`).toBe(state === 'complete');
      if (needs) expect(needs, `${name}: ${part}`).toContain(isPublic(name) ? MEMBER : takes(part));
    }
  }
  expect(DOCS.split('\n')).toEqual(expect.arrayContaining(shown));
}, 30_000);
