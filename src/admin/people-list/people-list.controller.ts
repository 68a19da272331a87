import {
  Controller,
  Get,
  Post,
  Render,
  Req,
  Res,
  UploadedFile,
  UseInterceptors,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { saveSession } from '../../accounts/sessions/sessions.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { Access } from '../../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../../platform/web/flash.js';
import { shownError } from '../../platform/web/shown-error.js';
import { WrongRows } from '../../reviews/people-list/people-list-problems.js';
import {
  type ImportedList,
  PeopleListsService,
} from '../../reviews/people-list/people-lists.service.js';
import { readPeople } from '../../reviews/people-list/read-people.js';
import { ListTooLarge, ListUpload, piecesOf, type UploadedList } from './list-upload.js';
import { PeopleListPage } from './people-list-page.js';

const VIEW = 'people-list/people-list';

/** Shows the people list of a team, and takes a new one. */
@Access('admin')
@Controller('people-list')
export class PeopleListController {
  constructor(
    private readonly page: PeopleListPage,
    private readonly lists: PeopleListsService,
    private readonly heavy: HeavyReads,
  ) {}

  @Get()
  @Render(VIEW)
  show(@CurrentIdentity() { teamId }: Identity, @Req() request: Request) {
    return this.page.view(teamId, { notice: takeNotice(request) });
  }

  @Post()
  @UseInterceptors(ListTooLarge, ListUpload)
  async replace(
    @CurrentIdentity() { teamId }: Identity,
    @UploadedFile() file: UploadedList | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    try {
      leaveNotice(request, await this.take(teamId, file, response));
      await saveSession(request);
      response.redirect(303, '/people-list');
    } catch (error) {
      const { status, error: refused } = shownError(error);
      const wrong = error instanceof WrongRows ? error : undefined;
      const view = await this.page.view(teamId, wrong ? { wrong } : { refused });
      response.status(status).render(VIEW, view);
    }
  }

  /** @returns what to tell */
  private async take(teamId: number, file: UploadedList | undefined, response: Response) {
    if (!file) return 'No file was chosen.';
    await this.heavy.turn(teamId, response);
    const format = /\.json$/i.test(file.originalname) ? 'json' : 'csv';
    const { people, ignored } = await readPeople(piecesOf(file), format);
    const imported = await this.lists.import({ teamId, people, source: 'page' });
    const more = ignored.length > 0 ? ` Not used: ${ignored.join(', ').slice(0, 300)}.` : '';
    return sentence(imported) + more;
  }
}

const sentence = ({ version, isNew }: ImportedList): string =>
  isNew
    ? `Version ${version.number} of the list is taken.`
    : `The list is as it was: version ${version.number}.`;
