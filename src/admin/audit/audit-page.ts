import { Injectable } from '@nestjs/common';
import { AUDIT_ACTIONS } from '../../accounts/audit/audit-actions.js';
import type { AuditEntry, AuditedValues } from '../../accounts/audit/audit-entry.entity.js';
import { AuditLog } from '../../accounts/audit/audit-log.js';
import type { Identity } from '../../accounts/identity.js';
import { AuditPageQuery } from './audit-query.js';

const ENTRIES_PER_PAGE = 50;

const ACTORS = { user: '', token: 'API token', command: 'command line', server: 'server' };

/** The data of the page with a team's audit log. */
@Injectable()
export class AuditPage {
  constructor(private readonly log: AuditLog) {}

  async view(identity: Identity, parameters: unknown) {
    const query = new AuditPageQuery(identity, parameters);
    const { filter, after, ofInstance, actor, since, until, isFiltered, first } = query;
    const found = await this.log.page(filter, ENTRIES_PER_PAGE + 1, after);
    const entries = found.slice(0, ENTRIES_PER_PAGE);
    const last = found.length > ENTRIES_PER_PAGE ? entries.at(-1) : undefined;
    return {
      title: 'Audit log',
      ...{ actor, since, until, ofInstance, isFiltered, first },
      all: ofInstance ? '/audit?of=instance' : '/audit',
      mayChoose: identity.instanceAdmin,
      actions: {
        name: 'action',
        label: 'Action',
        chosen: query.action,
        options: [
          { value: '', words: 'Every action' },
          ...AUDIT_ACTIONS.map((action) => ({ value: action, words: action })),
        ],
      },
      csv: query.export('csv'),
      ndjson: query.export('ndjson'),
      entries: entries.map(presentRow),
      isFirst: !after,
      next: last && query.page(last),
    };
  }
}

const presentRow = (entry: AuditEntry) => ({
  at: entry.at,
  actor: entry.actorName,
  actorKind: ACTORS[entry.actorKind],
  action: entry.action,
  subject: entry.subject,
  address: entry.address,
  values: valuesOf(entry.before, entry.after),
  hash: entry.hash,
});

/** Each changed value in one line, before and after. */
function valuesOf(before: AuditedValues | null, after: AuditedValues | null) {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].map((name) => ({
    name,
    hasBefore: before !== null && name in before,
    before: shown(before?.[name]),
    after: shown(after?.[name]),
  }));
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–';
  if (Array.isArray(value)) return value.map(shown).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
