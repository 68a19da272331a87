import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { AuditChain } from '../../accounts/audit/audit-chain.entity.js';
import { AuditEntry } from '../../accounts/audit/audit-entry.entity.js';
import { AuditVerification } from '../../accounts/audit/audit-verification.js';
import { inParts } from '../../platform/in-parts.js';
import { AccessReview } from './access-review.entity.js';
import { type EvidenceHead, EvidenceService } from './evidence.service.js';
import type { EvidenceEntry } from './evidence-entry.js';
import { evidenceHash } from './evidence-hash.js';
import { presentedItems } from './read-items.js';
import { reviewSubject } from './review-subject.js';

const IDS_A_STATEMENT = 1_000;

/** Compares a file with evidence with the database. */
@Injectable()
export class EvidenceVerification {
  constructor(
    private readonly dataSource: DataSource,
    private readonly evidence: EvidenceService,
    private readonly audit: AuditVerification,
  ) {}

  /** What does not fit, in words; nothing where all fits. */
  async problems(teamId: number, file: EvidenceHead): Promise<string[]> {
    const { id } = file.review;
    const known = await this.dataSource.manager.findOneBy(AccessReview, { id, teamId });
    if (known?.state !== 'closed') return [`The database has no closed review ${id}.`];
    const stored = await this.evidence.head(teamId, id);
    const { problem } = await this.audit.verifyChain(teamId);
    return [
      ...(stored.sha256 === file.sha256 ? [] : ['The database has another hash for this review.']),
      ...((await this.hash(stored)) === stored.sha256
        ? []
        : ['The review was changed in the database after it was closed.']),
      ...(problem ? [`The audit log was changed. ${problem}`] : []),
      ...(await this.closingProblems(known)),
      ...(await this.entryProblems(teamId, file.auditEntries)),
    ];
  }

  private hash({ review, auditEntries }: EvidenceHead): Promise<string> {
    const items = presentedItems(this.dataSource.manager, { reviewId: review.id });
    return evidenceHash({ review, items, auditEntries });
  }

  /** The audit log keeps the hash of the closing, until the entry is too old. */
  private async closingProblems({ id, teamId, name, sha256 }: AccessReview): Promise<string[]> {
    const { manager } = this.dataSource;
    const entries = await manager.findBy(AuditEntry, {
      ...{ teamId, action: 'review.close', subject: reviewSubject({ id, name }) },
    });
    const [entry] = entries;
    if (entry)
      return entry.after?.sha256 === sha256
        ? []
        : ['The audit log has another hash for the closing.'];
    const chain = await manager.findOneBy(AuditChain, { teamId });
    return chain && chain.prunedNumber > 0 ? [] : ['The audit log does not have the closing.'];
  }

  private async entryProblems(teamId: number, entries: EvidenceEntry[]): Promise<string[]> {
    const hashes = new Map(entries.map(({ id, hash }) => [id, hash]));
    const problems: string[] = [];
    for (const ids of inParts([...hashes.keys()], IDS_A_STATEMENT))
      for (const { id, hash } of await this.dataSource.manager.findBy(AuditEntry, {
        ...{ teamId, id: In(ids) },
      }))
        if (hashes.get(id) !== hash)
          problems.push(`The entry ${id} of the audit log is another one.`);
    return problems;
  }
}
