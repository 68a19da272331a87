import { Credential } from '../../src/integrations/connections/credential.entity.js';
import { GithubIntegration } from '../../src/integrations/connections/github-integration.entity.js';
import {
  MemberSyncRun,
  type RunState,
} from '../../src/integrations/runs/member-sync-run.entity.js';
import { isFinished } from '../../src/integrations/runs/run-states.js';
import type { Service } from './service.js';

const LONG_AGO = new Date('2026-01-01T00:00:00.000Z');

let organizations = 0;

/** An integration of the team `default`, without a GitHub behind it. */
async function makeIntegration(
  { dataSource }: Service,
  overrides: Partial<GithubIntegration> = {},
) {
  const { manager } = dataSource;
  const times = { createdAt: LONG_AGO, updatedAt: LONG_AGO };
  const credential = await manager.save(
    manager.create(Credential, { teamId: 1, kind: 'token', sealedSecret: 'x', ...times }),
  );
  return manager.save(
    manager.create(GithubIntegration, {
      teamId: 1,
      credentialId: credential.id,
      apiUrl: 'http://127.0.0.1:1',
      organizationId: ++organizations,
      organizationLogin: 'acme',
      ...times,
      ...overrides,
    }),
  );
}

/** A run in that state; a running one has lost its worker, and the wait of a waiting one is over. */
export async function makeRun(
  service: Service,
  state: RunState,
  integrationId?: number,
): Promise<MemberSyncRun> {
  const { manager } = service.dataSource;
  const id = integrationId ?? (await makeIntegration(service)).id;
  const saved = await manager.save(
    manager.create(MemberSyncRun, {
      integrationId: id,
      unfinishedIntegrationId: isFinished(state) ? null : id,
      trigger: 'manual',
      requestedBy: 'ada@example.com',
      requestedAt: LONG_AGO,
      state,
      epoch: 1,
      leasedUntil: state === 'running' ? LONG_AGO : null,
      resumesAt: state === 'waiting' ? LONG_AGO : null,
      finishedAt: isFinished(state) ? LONG_AGO : null,
    }),
  );
  return manager.findOneByOrFail(MemberSyncRun, { id: saved.id });
}
