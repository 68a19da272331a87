import { connect, syncToEnd } from '../../support/runs.js';
import type { Dialect } from '../../support/servers/databases.js';
import { startGithub } from '../../support/service.js';
import { signedIn, startWeb } from '../../support/web.js';

interface Way {
  dialect?: Dialect;
  bull?: boolean;
  members?: number;
  env?: NodeJS.ProcessEnv;
}

/** Rollcall with `acme` connected, and an admin who looks at it. */
export async function startPages({ members = 3, dialect, bull, env: more }: Way = {}) {
  const github = await startGithub({ members });
  const env = { GITHUB_API_URL: github.simulator.url, ...more };
  const service = await startWeb({ dialect, bull, env });
  const integration = await connect(service, github.token);
  const admin = await signedIn(service);
  const of = `/integrations/github/${integration.id}`;
  const others = github.organization.members.filter(({ id }) => id !== github.owner.id);
  return {
    ...github,
    service,
    integration,
    admin,
    others,
    of,
    page: `${of}/members`,
    runs: `${of}/runs`,
  };
}

/** The same, after a run that found so many of 20 members gone. */
export async function afterLeaving(people: number, way: Way = {}) {
  const started = await startPages({ members: 20, ...way });
  const { service, integration, organization } = started;
  await syncToEnd(service, integration.id);
  const leavers = started.others.slice(0, people);
  for (const person of leavers) organization.leave(person);
  return { ...started, leavers, run: await syncToEnd(service, integration.id) };
}

export const loginsOf = (people: { login: string }[]): string[] =>
  people.map(({ login }) => login).toSorted();
