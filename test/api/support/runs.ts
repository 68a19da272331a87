import type { RunResponse } from '../../../src/api/member-syncs/run.response.js';
import { until } from '../../support/until.js';
import type { Api } from './api.js';

/** A run of the integration, asked for where none is named, once it is finished. */
export async function finishedRun(
  api: Api,
  integrationId: number,
  runId?: number,
): Promise<RunResponse> {
  const asked =
    runId ??
    (await api.post<RunResponse>(`/api/v1/integrations/${integrationId}/member-syncs`)).body.id;
  return until(async () => {
    const { body } = await api.get<RunResponse>(`/api/v1/member-syncs/${asked}`);
    return body.finishedAt !== null && body;
  });
}
