import type { EntityManager } from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import type { AuditAction } from './audit-actions.js';
import { AuditChain } from './audit-chain.entity.js';
import { AuditEntry, type AuditedValues } from './audit-entry.entity.js';
import { auditHash, FIRST_HASH } from './audit-hash.js';
import { currentSender } from './audit-sender.js';

/** Something that was done. Values hold no secret. */
export interface AuditedAction {
  /** The team whose log has it. Default: the sender's team; null for what concerns no team. */
  teamId?: number | null;
  /** Instead of the sender's name, where somebody is only known by what they did. */
  actorName?: string;
  action: AuditAction;
  subject: string;
  before?: AuditedValues;
  after?: AuditedValues;
}

/** The chain of what concerns no team. */
export const NO_TEAM = 0;

/** In characters: the lengths of the columns. */
const MAX_NAME = 254;
const MAX_SUBJECT = 300;

/**
 * Adds an entry to the audit log, in the transaction of the action. Call it last: it locks the end of the team's chain
 * until the transaction ends, and everybody must take locks in the same order.
 */
export async function recordAudit(manager: EntityManager, action: AuditedAction): Promise<void> {
  const sender = currentSender();
  const { teamId = sender.teamId ?? null } = action;
  const chain = await lockChain(manager, teamId ?? NO_TEAM);
  const { before = null, after = null } = action;
  const hashed = {
    at: new Date(),
    actorKind: sender.kind,
    actorName: cut(action.actorName ?? sender.name, MAX_NAME),
    action: action.action,
    subject: cut(action.subject, MAX_SUBJECT),
    address: sender.address,
    before,
    after,
  };
  const hash = auditHash(chain.lastHash, hashed);
  const number = chain.lastNumber;
  await insertRows(manager, AuditEntry, [{ ...hashed, teamId: chain.teamId, number, hash }]);
  await manager.update(AuditChain, { teamId: chain.teamId }, { lastHash: hash });
}

/** Databases store half of a character as another one, which the hash would not fit. */
const cut = (text: string, length: number): string => text.slice(0, length).toWellFormed();

/** The chain with the number of the next entry and the hash of the one before. */
async function lockChain(manager: EntityManager, teamId: number): Promise<AuditChain> {
  const next = { lastNumber: () => 'last_number + 1' };
  const { affected } = await manager.update(AuditChain, { teamId }, next);
  if (affected === 1) return manager.findOneByOrFail(AuditChain, { teamId });
  const first = { lastHash: FIRST_HASH, prunedNumber: 0, prunedHash: FIRST_HASH };
  await manager
    .createQueryBuilder()
    .insert()
    .orIgnore()
    .into(AuditChain)
    .values({ teamId, lastNumber: 0, ...first })
    .execute();
  return lockChain(manager, teamId);
}
