import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { type MemberSyncRun, numberOf } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import type { ChangeCounts } from '../../members/changes/changes.js';
import type { ChangeKind, MemberChange } from '../../members/changes/member-change.entity.js';
import { MemberChanges } from '../../members/changes/member-changes.js';
import { MembersService } from '../../members/listing/members.service.js';
import { formText } from '../../platform/web/form-text.js';
import { githubLinks } from '../shared/github-links.js';
import { presentOrganization } from '../shared/present-organization.js';
import { KINDS, presentChangeRow, UNDO_KINDS } from './change-row.js';

/** The most changes of a kind on the run's own page, and on a page of changes. */
const MAX_CHANGES_ON_RUN_PAGE = 10;
const CHANGES_PER_PAGE = 100;

type ChangeRow = ReturnType<typeof presentChangeRow>;

const UNKNOWN = { name: null, avatarUrl: null };

/** The changes of a run: a few of each kind, or all of one kind, page by page. */
@Injectable()
export class RunChangesPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
    private readonly changes: MemberChanges,
    private readonly members: MembersService,
  ) {}

  async groups(run: MemberSyncRun, integration: GithubIntegration) {
    const counts = await this.counts(run);
    const found = kindsOf(run).filter(([kind]) => counts[kind]);
    return Promise.all(
      found.map(async ([kind, title]) => {
        const changes = await this.changes.ofKind({
          runId: run.id,
          kind,
          limit: MAX_CHANGES_ON_RUN_PAGE,
        });
        const count = counts[kind] ?? 0;
        return {
          kind,
          title,
          count,
          isCut: count > MAX_CHANGES_ON_RUN_PAGE,
          ...withMaker(await this.rows(changes, integration)),
        };
      }),
    );
  }

  /** @throws PublicError 404 */
  async view(teamId: number, id: number, runId: number, query: unknown) {
    const integration = await this.integrations.get(teamId, id);
    const organization = presentOrganization(integration);
    const run = await this.runs.ofIntegration(teamId, id, runId);
    const [kind, title] = kindIn(query, run);
    const after = Number(/^\d{1,15}$/.exec(formText(query, 'after'))?.[0] ?? 0);
    const found = await this.changes.ofKind({
      runId: run.id,
      kind,
      limit: CHANGES_PER_PAGE + 1,
      after,
    });
    const changes = await this.rows(found.slice(0, CHANGES_PER_PAGE), integration);
    const next = found.length > CHANGES_PER_PAGE ? changes.at(-1)?.id : undefined;
    const count = (await this.counts(run))[kind] ?? 0;
    const heading = `${title} in run ${numberOf(run)}`;
    return {
      title: heading,
      organization,
      run: { id: run.id, number: numberOf(run) },
      kind,
      count,
      changes,
      isFirst: !after,
      next,
    };
  }

  private async rows(changes: MemberChange[], { id, apiUrl }: GithubIntegration) {
    const ids = changes.map(({ githubId }) => githubId);
    const people = await this.members.people(id, ids);
    const links = githubLinks(apiUrl);
    return changes.map((change) =>
      presentChangeRow(change, people.get(change.githubId) ?? UNKNOWN, links),
    );
  }

  /** Stored with the run; runs from before it was stored are counted. */
  private async counts({ id, changeCounts }: MemberSyncRun): Promise<ChangeCounts> {
    return changeCounts ?? Object.fromEntries(await this.changes.counts(id));
  }
}

/** An unknown kind shows who joined. */
function kindIn(query: unknown, run: MemberSyncRun): [ChangeKind, string] {
  const wanted = formText(query, 'kind');
  return kindsOf(run).find(([kind]) => kind === wanted) ?? ['joined', 'Joined'];
}

const kindsOf = ({ undoesRunId }: MemberSyncRun) => (undoesRunId ? UNDO_KINDS : KINDS);

/** Who made all these changes, once instead of in each row. */
function withMaker(rows: ChangeRow[]) {
  const [first] = rows;
  const isSame = rows.every(
    ({ madeBy, madeAt }) => madeBy === first?.madeBy && madeAt === first?.madeAt,
  );
  if (!first?.madeBy || !isSame) return { changes: rows };
  const maker = { by: first.madeBy, at: first.madeAt };
  return { changes: rows.map((row) => ({ ...row, madeBy: null })), maker };
}
