import { IntegrationConnector } from '../../src/integrations/connecting/integration-connector.js';
import type { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import { GithubIntegration as Integration } from '../../src/integrations/connections/github-integration.entity.js';
import type { NamedPerson } from '../../src/integrations/hints/record-hints.js';
import { MemberSyncRequests } from '../../src/integrations/runs/member-sync-requests.js';
import { MemberSyncRun } from '../../src/integrations/runs/member-sync-run.entity.js';
import { type Service, type ServiceOptions, startGithub, startService } from './service.js';
import { until } from './until.js';

/** Connects `acme` for the team `default`, where nothing else is said. */
export async function connect(
  { app }: Service,
  token: string,
  { teamId = 1, organization = 'acme' } = {},
): Promise<GithubIntegration> {
  const connector = app.get(IntegrationConnector, { strict: false });
  return (await connector.connect({ teamId, organization, token })).integration;
}

/** A service that has connected a simulated `acme` and has not synced it yet. */
export async function startConnected(members: number, options: ServiceOptions) {
  const github = await startGithub({ members });
  const env = { GITHUB_API_URL: github.simulator.url, ...options.env };
  const service = await startService({ ...options, env });
  return { ...github, service, integration: await connect(service, github.token) };
}

/** @param people only these, where they are named */
export const requestSync = (
  { app }: Service,
  integrationId: number,
  people?: NamedPerson[],
): Promise<MemberSyncRun> =>
  app.get(MemberSyncRequests, { strict: false }).request(
    {
      ...{ integrationId, trigger: 'manual', requestedBy: 'ada@example.com' },
      ...(people && { scope: 'people' }),
    },
    people,
  );

/** The run, once it is finished. */
export function finished({ dataSource }: Service, runId: number): Promise<MemberSyncRun> {
  return until(async () => {
    const run = await dataSource.manager.findOneByOrFail(MemberSyncRun, { id: runId });
    return run.finishedAt ? run : undefined;
  });
}

export async function syncToEnd(service: Service, integrationId: number): Promise<MemberSyncRun> {
  const { id } = await requestSync(service, integrationId);
  return finished(service, id);
}

export const reload = ({ dataSource }: Service, id: number): Promise<GithubIntegration> =>
  dataSource.manager.findOneByOrFail(Integration, { id });
