import { Hint } from '../../../src/integrations/hints/hint.entity.js';
import { HintGathering } from '../../../src/integrations/hints/hint-gathering.js';
import type { HintSubject } from '../../../src/integrations/hints/hint-subject.js';
import { recordHints } from '../../../src/integrations/hints/record-hints.js';
import { MemberSyncRun } from '../../../src/integrations/runs/member-sync-run.entity.js';
import { Member } from '../../../src/members/member.entity.js';
import { inTransaction } from '../../../src/platform/database/transaction.js';
import type { SimUser } from '../../../src/simulator/user.js';
import { finished, startConnected, syncToEnd } from '../../support/runs.js';
import type { ServiceOptions } from '../../support/service.js';
import { until } from '../../support/until.js';

/** A service with a synced `acme`, which can be told of people. */
export async function startHinted(members: number, way: ServiceOptions) {
  const env = { WEBHOOK_GATHER_MS: '100', SWEEP_SECONDS: '1', ...way.env };
  const connected = await startConnected(members, { ...way, env });
  const { service, integration, organization, owner } = connected;
  const { manager } = service.dataSource;
  const first = await syncToEnd(service, integration.id);
  const get = <T>(type: new (...given: never[]) => T): T =>
    service.app.get(type, { strict: false });

  /** Stores hints as a delivery does, without starting a run. */
  const storeSubjects = (subjects: HintSubject[]) =>
    inTransaction(service.dataSource, (manager) =>
      recordHints(
        manager,
        subjects.map((subject) => ({ ...subject, integrationId: integration.id })),
      ),
    );
  const store = (people: (SimUser | { id: number } | null)[], nodeId: string | null = null) =>
    storeSubjects(people.map((person) => ({ githubId: person ? person.id : null, nodeId })));
  const hintAt = async (...subjects: HintSubject[]) => {
    await storeSubjects(subjects);
    get(HintGathering).gather([integration.id]);
  };
  const hint = async (...people: (SimUser | { id: number } | null)[]) => {
    await store(people);
    get(HintGathering).gather([integration.id]);
  };
  /** The first run after this one, once it is finished. */
  const next = async (after: MemberSyncRun = first) => {
    const run = await until(async () => {
      const runs = await manager.find(MemberSyncRun, { order: { id: 'ASC' } });
      return runs.find(({ id }) => id > after.id);
    });
    return finished(service, run.id);
  };
  const memberOf = ({ id: githubId }: SimUser) => manager.findOneBy(Member, { githubId });
  const statusOf = async (user: SimUser) => (await memberOf(user))?.status;
  const waiting = () => manager.countBy(Hint, { integrationId: integration.id });
  const others = organization.members.filter(({ id }) => id !== owner.id);
  const sync = () => syncToEnd(service, integration.id);
  return {
    ...{ ...connected, manager, first, others, get, sync },
    ...{ store, hint, hintAt, next, memberOf, statusOf, waiting },
  };
}
