import { lockConnected } from '../../src/integrations/connections/lock-connected.js';
import { MemberStatusService } from '../../src/members/directory/member-status.service.js';
import type { Member } from '../../src/members/member.entity.js';
import type { Service } from './service.js';

/** Disables or enables somebody, as pages and API do. */
export const setDisabled = (
  { app }: Pick<Service, 'app'>,
  { id, integrationId }: Pick<Member, 'id' | 'integrationId'>,
  { disabled, by = 'ada@example.com' }: { disabled: boolean; by?: string },
): Promise<Member> =>
  app
    .get(MemberStatusService, { strict: false })
    .setDisabled(id, disabled, by, (manager) => lockConnected(manager, integrationId));
