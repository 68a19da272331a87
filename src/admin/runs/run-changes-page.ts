import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { type MemberSyncRun, numberOf } from '../../integrations/runs/member-sync-run.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import type { ChangeCounts } from '../../members/changes/changes.js';
import type { ChangeKind, MemberChange } from '../../members/changes/member-change.entity.js';
import { MemberChanges } from '../../members/changes/member-changes.js';
import { MembersService } from '../../members/listing/members.service.js';
import { PeopleSearch } from '../../members/listing/people-search.js';
import { formText } from '../../platform/web/form-text.js';
import { githubLinks } from '../shared/github-links.js';
import { presentOrganization } from '../shared/present-organization.js';
import { KINDS, presentChangeRow, UNDO_KINDS, UNKNOWN_PERSON } from './change-row.js';

/** The most changes of a kind on the run's own page, and on a page of changes. */
const MAX_CHANGES_ON_RUN_PAGE = 10;
const CHANGES_PER_PAGE = 100;

type ChangeRow = ReturnType<typeof presentChangeRow>;

/** The changes of a run: a few of each kind, or all of one kind, page by page. */
@Injectable()
export class RunChangesPage {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly runs: MemberSyncRuns,
    private readonly changes: MemberChanges,
    private readonly members: MembersService,
    private readonly people: PeopleSearch,
  ) {}

  async groups(run: MemberSyncRun, integration: GithubIntegration) {
    const counts = await this.counts(run);
    const found = kindsOf(run).filter(([kind]) => counts[kind]);
    return Promise.all(
      found.map(async ([kind, title]) => {
        const changes = await this.changes.ofRun({
          runId: run.id,
          integrationId: run.integrationId,
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
    const run = await this.runs.ofIntegration(teamId, id, runId);
    const [kind, title] = kindIn(query, run) ?? [undefined, 'Changes'];
    const after = Number(/^\d{1,15}$/.exec(formText(query, 'after'))?.[0] ?? 0);
    const filter = await this.filter(run, query);
    const found = await this.changes.ofRun({ ...filter, limit: CHANGES_PER_PAGE + 1, after });
    const rows = await this.rows(found.slice(0, CHANGES_PER_PAGE), integration);
    const address = addresses(run, { kind, person: formText(query, 'person') });
    const isLast = found.length <= CHANGES_PER_PAGE;
    return {
      title: `${title} in run ${numberOf(run)}`,
      organization: presentOrganization(integration),
      run: { id: run.id, number: numberOf(run) },
      person: formText(query, 'person'),
      kinds: changeKinds(kindsOf(run), kind),
      count: filter.githubIds ? undefined : await this.count(run, kind),
      ...withMaker(kind ? rows : titled(rows, run)),
      isFirst: !after,
      isFiltered: Boolean(kind || formText(query, 'person')),
      all: `/integrations/github/${id}/runs/${runId}/changes`,
      first: address({}),
      next: isLast ? undefined : address({ after: String(rows.at(-1)?.id) }),
      csv: address({ format: 'csv' }, '/export'),
      json: address({ format: 'json' }, '/export'),
    };
  }

  /** Which changes of a run a URL names. */
  async filter(run: MemberSyncRun, query: unknown) {
    const person = formText(query, 'person');
    const [kind] = kindIn(query, run) ?? [];
    const { id: runId, integrationId } = run;
    const githubIds = person ? await this.people.ids(integrationId, person) : undefined;
    return { runId, integrationId, kind, githubIds };
  }

  private async count(run: MemberSyncRun, kind: ChangeKind | undefined): Promise<number> {
    const counts = await this.counts(run);
    if (kind) return counts[kind] ?? 0;
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  private async rows(changes: MemberChange[], { id, apiUrl }: GithubIntegration) {
    const ids = changes.map(({ githubId }) => githubId);
    const people = await this.members.people(id, ids);
    const links = githubLinks(apiUrl);
    return changes.map((change) =>
      presentChangeRow(change, people.get(change.githubId) ?? UNKNOWN_PERSON, links),
    );
  }

  /** Stored with the run; runs from before it was stored are counted. */
  private async counts({ id, changeCounts }: MemberSyncRun): Promise<ChangeCounts> {
    return changeCounts ?? Object.fromEntries(await this.changes.counts(id));
  }
}

/** Undefined for all kinds, and for an unknown one. */
function kindIn(query: unknown, run: MemberSyncRun): [ChangeKind, string] | undefined {
  const wanted = formText(query, 'kind');
  return kindsOf(run).find(([kind]) => kind === wanted);
}

/** The choice of a kind: `members/_choice`. */
const changeKinds = (kinds: [ChangeKind, string][], chosen: ChangeKind | undefined) => ({
  name: 'kind',
  label: 'Kind',
  chosen: chosen ?? '',
  options: [['', 'All changes'], ...kinds].map(([value, words]) => ({ value, words })),
});

/** The addresses of the page with these filters. */
const addresses =
  (
    { id, integrationId }: MemberSyncRun,
    { kind = '', person }: { kind?: string; person: string },
  ) =>
  (more: Record<string, string>, path = ''): string => {
    const all = Object.entries({ kind, person, ...more }).filter(([, value]) => value !== '');
    const parameters = all.length > 0 ? `?${new URLSearchParams(all)}` : '';
    return `/integrations/github/${integrationId}/runs/${id}/changes${path}${parameters}`;
  };

const kindsOf = ({ undoesRunId }: MemberSyncRun) => (undoesRunId ? UNDO_KINDS : KINDS);

/** Rows of several kinds say which. */
function titled(rows: ChangeRow[], run: MemberSyncRun) {
  const titles = new Map(kindsOf(run));
  return rows.map((row) => ({ ...row, title: titles.get(row.kind) }));
}

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
