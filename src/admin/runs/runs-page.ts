import { Injectable } from '@nestjs/common';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { type MemberSyncRun, numberOf } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { pageMark } from '../../integrations/runs/page-mark.js';
import { cancellationOf, presentRun } from '../../integrations/runs/present-run.js';
import { isUndecided, removalDecision } from '../../integrations/runs/removal-decision.js';
import { runActivity } from '../../integrations/runs/run-activity.js';
import { runSummary } from '../../integrations/runs/run-summary.js';
import { formText } from '../../platform/web/form-text.js';
import { presentOrganization } from '../shared/present-organization.js';
import { duration } from './duration.js';
import { sizeChart } from './size-chart.js';

const RUNS_PER_PAGE = 25;

/** The most points in the size chart. */
const MAX_CHART_POINTS = 200;

/** The data of the page with an organization's runs. */
@Injectable()
export class RunsPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
  ) {}

  async list(teamId: number, id: number, query: unknown) {
    const organization = presentOrganization(await this.integrations.get(teamId, id));
    const before = Number(/^\d{1,15}$/.exec(formText(query, 'before'))?.[0] ?? 0);
    const found = await this.runs.list(id, { limit: RUNS_PER_PAGE + 1, before });
    const newestId = await this.runs.newestFinishedId(id);
    const runs = found.slice(0, RUNS_PER_PAGE).map((run) => presentRunRow(run, newestId));
    return {
      title: `History of ${organization.login}`,
      mark: pageMark({ syncing: organization.status === 'syncing' }),
      organization,
      here: `/integrations/github/${id}/runs${before ? `?before=${before}` : ''}`,
      sizes: before ? undefined : sizeChart(await this.runs.sizes(id, MAX_CHART_POINTS)),
      runs,
      isFirst: before === 0,
      next: found.length > RUNS_PER_PAGE ? runs.at(-1)?.id : undefined,
    };
  }
}

/** A run as the history shows it. @param newestId the newest finished run, whose held removals can be decided */
export function presentRunRow(run: MemberSyncRun, newestId: number | undefined) {
  const presented = presentRun(run);
  const cancellation = cancellationOf(presented);
  return {
    ...presented,
    badge: run.id === newestId && isUndecided(run) ? 'held' : run.state,
    decision: removalDecision(run),
    error: cancellation ? null : presented.error,
    cancellation,
    isUndo: run.undoesRunId !== null,
    undoes: run.undoes && { id: run.undoes.id, number: numberOf(run.undoes) },
    undoneBy: run.undoneBy && {
      id: run.undoneBy.id,
      number: numberOf(run.undoneBy),
      by: run.undoneBy.requestedBy,
      at: run.undoneBy.finishedAt?.toISOString(),
    },
    summary: runSummary(run.result, run),
    activeAfter: run.activeAfter,
    requestedAt: run.requestedAt.toISOString(),
    duration: run.startedAt && duration(run.startedAt, run.finishedAt ?? new Date()),
    activity: run.finishedAt ? undefined : runActivity(run),
  };
}
