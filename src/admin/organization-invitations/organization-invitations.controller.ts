import { Controller, Get, Param, Query, Render, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { IntegrationsService } from '../../integrations/connections/integrations.service.js';
import { streamedFile } from '../../integrations/exports/csv-file.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { OrganizationInvitations } from '../../members/invitations/organization-invitations.js';
import { invitationsCsv } from '../../members/invitations/present-invitation.js';
import { forSpreadsheets } from '../../platform/csv.js';
import { Access } from '../../platform/web/access.decorator.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { InvitationsAddress } from './invitations-address.js';
import { OrganizationInvitationsPage } from './organization-invitations-page.js';

/** The invitations to an organization: pending and failed. */
@Access('member')
@Controller('integrations/github/:id/invitations')
export class OrganizationInvitationsController {
  constructor(
    private readonly page: OrganizationInvitationsPage,
    private readonly integrations: IntegrationsService,
    private readonly invitations: OrganizationInvitations,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render('organization-invitations/organization-invitations')
  list(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
  ) {
    return this.page.view(teamId, id, query);
  }

  @Get('export')
  async export(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
    @Query() query: unknown,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { organizationLogin } = await this.integrations.get(teamId, id);
    const { state } = new InvitationsAddress(id, query);
    await this.heavy.turn(teamId, response);
    const lines = invitationsCsv(this.invitations.all({ integrationId: id, state }));
    const name = `${organizationLogin}-invitations-${state}`;
    return streamedFile(forSpreadsheets(lines), { name, format: 'csv' });
  }
}
