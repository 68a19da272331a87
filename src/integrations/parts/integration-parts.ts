import { Injectable } from '@nestjs/common';
import { DataSource, IsNull } from 'typeorm';
import { shared } from '../../platform/database/batched.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { IntegrationPart } from './integration-part.entity.js';
import { PARTS, type PartName, type PartState } from './part.js';

/** How far one part of an integration is known. */
export interface KnownPart {
  part: PartName;
  state: PartState;
  /** What is missing, or why it failed; null where the part is complete. */
  needs: string | null;
  /** When what is known was read last; null if never. */
  asOf: Date | null;
  /** From when on its past is known. */
  firstReadAt: Date | null;
  /** The size of GitHub's list at that time; null if it was never read. */
  total: number | null;
}

/** A part as the API shows it. The time is ISO 8601, UTC, with milliseconds. */
export interface PresentedPart extends Pick<KnownPart, 'part' | 'state' | 'needs'> {
  asOf: string | null;
}

export const presentPart = ({ part, state, needs, asOf }: KnownPart): PresentedPart => ({
  ...{ part, state, needs },
  asOf: asOf?.toISOString() ?? null,
});

/** One of all parts. */
export const partOf = (parts: KnownPart[], name: PartName): KnownPart =>
  parts.find(({ part }) => part === name) as KnownPart;

const NEVER_READ = 'A sync of everybody.';

/** Reads how far the parts of an integration are known. */
@Injectable()
export class IntegrationParts {
  /** Concurrent requests for the same integration share one read. */
  private readonly noted = shared(({ integrationId }: { integrationId: number }) =>
    this.dataSource.manager.findBy(IntegrationPart, { integrationId }),
  );

  /** The last finished run that read them all. */
  private readonly last = shared(({ integrationId }: { integrationId: number }) =>
    this.dataSource.manager.findOne(MemberSyncRun, {
      select: { id: true, state: true, errorMessage: true, errorRemedy: true },
      where: {
        ...{ integrationId, scope: 'everybody' },
        ...{ unfinishedIntegrationId: IsNull(), undoesRunId: IsNull() },
      },
      order: { id: 'DESC' },
    }),
  );

  constructor(private readonly dataSource: DataSource) {}

  /** All of them, in the order of `PARTS`. */
  async of(integrationId: number): Promise<KnownPart[]> {
    const [last, parts] = await Promise.all([
      this.last({ integrationId }),
      this.allAsNoted(integrationId),
    ]);
    return parts.map((one) =>
      one.part === 'members' && last?.state === 'error' ? { ...one, ...failed(last) } : one,
    );
  }

  /** The same beside the members, for which one read is enough. */
  async beside(integrationId: number): Promise<KnownPart[]> {
    return (await this.allAsNoted(integrationId)).filter(({ part }) => part !== 'members');
  }

  async one(integrationId: number, name: Exclude<PartName, 'members'>): Promise<KnownPart> {
    return partOf(await this.beside(integrationId), name);
  }

  private async allAsNoted(integrationId: number): Promise<KnownPart[]> {
    const noted = new Map((await this.noted({ integrationId })).map((one) => [one.part, one]));
    return PARTS.map((part) => {
      const one = noted.get(part);
      const { state = 'incomplete', needs = NEVER_READ, asOf = null } = one ?? {};
      const firstReadAt = one?.firstReadAt ?? asOf;
      const total = asOf && (one?.total ?? null);
      return { part, state, needs, asOf, firstReadAt, total };
    });
  }
}

/** A run that could not prove the list of members ends with an error, and keeps what is known. */
const failed = ({
  errorMessage,
  errorRemedy,
}: Pick<MemberSyncRun, 'errorMessage' | 'errorRemedy'>) => ({
  state: 'failed' as const,
  needs: `${errorMessage} ${errorRemedy}`,
});
