import type { EntityManager } from 'typeorm';
import { anyText, nullableBoolean } from '../../platform/database/columns.js';
import { isSqlite, type Source, usingIndex } from '../../platform/database/dialect.js';
import type { ChangedValues } from '../changes/member-change.entity.js';
import { asTime } from '../listing/member-conditions.js';
import type { PlacingField } from '../listing/member-query.js';
import { tellsOf } from '../listing/placing-fields.js';
import type { Member } from '../member.entity.js';
import type { ChangeMark } from './change-mark.js';

/** The most changes read at once. */
const MAX_CHANGES_PER_READ = 1_000;

/** The values of a member that decide their place in a directory. */
export type PlacingValues = Pick<Member, 'id' | 'githubId' | PlacingField>;

export interface PlacingChange {
  /** The member as of now. */
  member: PlacingValues;
  before: ChangedValues | null;
}

type TextField = 'name' | 'email' | 'samlNameId' | 'scimUserName';
type StoredText = string | ArrayBuffer;

interface Row extends Omit<PlacingValues, TextField | 'verifiedEmails'> {
  changeId: number;
  /** MySQL's driver parses JSON by itself. */
  valuesBefore: string | ChangedValues | null;
  name: StoredText;
  email: StoredText;
  samlNameId: StoredText | null;
  scimUserName: StoredText | null;
  verifiedEmails: string | null;
}

export interface PlacingChangesQuery {
  integrationId: number;
  moment: Date;
  fields: PlacingField[];
  /** The first and the last change to read. */
  mark: ChangeMark;
}

/** The changes of one of the fields since a moment, newest first, in batches. */
export async function* placingChanges(
  manager: EntityManager,
  { integrationId, moment, fields, mark }: PlacingChangesQuery,
): AsyncGenerator<PlacingChange[]> {
  const statement = selectOf(manager, fields);
  for (let end = mark.last + 1; end > mark.first; ) {
    const values = [end, mark.first, integrationId, asTime(moment)];
    const rows: Row[] = await manager.query(statement, values);
    yield rows.map(asChange);
    end = rows.length < MAX_CHANGES_PER_READ ? 0 : Number(rows.at(-1)?.changeId);
  }
}

const selectOf = (source: Source, fields: PlacingField[]): string =>
  `SELECT c.id AS changeId, c.values_before AS valuesBefore, m.id AS id, m.github_id AS githubId,
     m.login AS login, m.name AS name, m.email AS email, m.status AS status, m.outside AS outside, m.role AS role,
     m.two_factor_enabled AS twoFactorEnabled, m.suspended AS suspended, m.github_type AS githubType,
     m.identity_linked AS identityLinked, m.saml_name_id AS samlNameId, m.scim_user_name AS scimUserName,
     m.verified_emails AS verifiedEmails
   FROM member_changes c ${inOrderOfIds(source)}
   JOIN members m ON m.integration_id = c.integration_id AND m.github_id = c.github_id
   WHERE c.id < ? AND c.id >= ? AND c.integration_id = ? AND c.made_at > ? AND (${tellsOf(fields)})
   ORDER BY c.id DESC LIMIT ${MAX_CHANGES_PER_READ}`;

/** SQL after the name of the changes table: read it by id. */
const inOrderOfIds = (source: Source): string =>
  isSqlite(source) ? 'NOT INDEXED' : usingIndex(source, 'PRIMARY');

/** Written without spread, for speed: there may be as many as members. */
const asChange = (row: Row): PlacingChange => ({
  before: typeof row.valuesBefore === 'string' ? JSON.parse(row.valuesBefore) : row.valuesBefore,
  member: {
    id: row.id,
    githubId: Number(row.githubId),
    login: row.login,
    name: anyText.from(row.name),
    email: anyText.from(row.email),
    status: row.status,
    outside: nullableBoolean.from(row.outside),
    role: row.role,
    twoFactorEnabled: nullableBoolean.from(row.twoFactorEnabled),
    suspended: nullableBoolean.from(row.suspended),
    githubType: row.githubType,
    identityLinked: nullableBoolean.from(row.identityLinked),
    samlNameId: anyText.from(row.samlNameId),
    scimUserName: anyText.from(row.scimUserName),
    verifiedEmails: row.verifiedEmails === null ? null : JSON.parse(row.verifiedEmails),
  },
});
