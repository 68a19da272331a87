import { Injectable } from '@nestjs/common';
import { DataSource, MoreThan } from 'typeorm';
import { inSnapshot } from '../../platform/database/transaction.js';
import { AuditChain } from './audit-chain.entity.js';
import { AuditEntry } from './audit-entry.entity.js';
import { auditHash } from './audit-hash.js';

/** Entries read at a time. */
const MAX_ENTRIES_PER_READ = 5_000;

export interface VerifiedChain {
  teamId: number;
  entries: number;
  /** The first entry that does not fit, in words; null where the chain is whole. */
  problem: string | null;
}

/** Proves that no entry of the audit log was changed, removed or put in between. */
@Injectable()
export class AuditVerification {
  constructor(private readonly dataSource: DataSource) {}

  /** Every chain, the one of no team first. */
  async verify(): Promise<VerifiedChain[]> {
    const { manager } = this.dataSource;
    const teamIds = await manager
      .createQueryBuilder(AuditEntry, 'entry')
      .select('DISTINCT entry.team_id', 'teamId')
      .getRawMany<{ teamId: number }>();
    const chains = await manager.find(AuditChain, { order: { teamId: 'ASC' } });
    const all = new Set([...chains, ...teamIds].map(({ teamId }) => teamId));
    const verified: VerifiedChain[] = [];
    for (const teamId of all) verified.push(await this.verifyChain(teamId));
    return verified;
  }

  verifyChain(teamId: number): Promise<VerifiedChain> {
    return inSnapshot(this.dataSource, async (manager) => {
      const chain = await manager.findOneBy(AuditChain, { teamId });
      if (!chain) return { teamId, entries: 0, problem: 'The end of the chain is missing.' };
      let [number, hash, entries] = [chain.prunedNumber, chain.prunedHash, 0];
      for (;;) {
        const part = await manager.find(AuditEntry, {
          where: { teamId, number: MoreThan(number) },
          order: { number: 'ASC' },
          take: MAX_ENTRIES_PER_READ,
        });
        for (const entry of part) {
          const problem = problemOf(entry, number + 1, hash);
          if (problem) return { teamId, entries, problem };
          [number, hash, entries] = [entry.number, entry.hash, entries + 1];
        }
        if (part.length < MAX_ENTRIES_PER_READ) break;
      }
      const isWhole = number === chain.lastNumber && hash === chain.lastHash;
      return {
        teamId,
        entries,
        problem: isWhole ? null : `Entries after number ${number} are missing.`,
      };
    });
  }
}

function problemOf(entry: AuditEntry, number: number, hashBefore: string): string | undefined {
  if (entry.number !== number) return `Entry number ${number} is missing.`;
  if (entry.hash === auditHash(hashBefore, entry)) return undefined;
  return `Entry number ${number} (id ${entry.id}) was changed.`;
}
