import { Injectable } from '@nestjs/common';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';
import { MemberSyncRuns } from '../../integrations/runs/member-sync-runs.js';
import { MembersService } from '../../members/listing/members.service.js';
import type { ShownError } from '../../platform/web/shown-error.js';
import { presentOrganization } from '../shared/present-organization.js';
import type { TypedDisconnect } from './disconnect-form.js';

interface RefusedForm {
  typed: TypedDisconnect;
  faults?: Partial<TypedDisconnect>;
  error?: ShownError['error'];
}

/** The data of the page shown before an organization is disconnected. */
@Injectable()
export class DisconnectPage {
  constructor(
    private readonly members: MembersService,
    private readonly runs: MemberSyncRuns,
  ) {}

  async view(integration: GithubIntegration, refused?: RefusedForm) {
    const people = await this.members.stored(integration.id);
    const latest = await this.runs.latest(integration.id);
    return {
      title: `Disconnect ${integration.organizationLogin}`,
      organization: presentOrganization(integration),
      confirm: `Type ${integration.organizationLogin} to confirm`,
      people,
      isSyncing: latest !== null && !latest.finishedAt,
      typed: { name: '', directory: integration.disconnectedAt ? 'delete' : 'keep' },
      ...refused,
    };
  }
}
