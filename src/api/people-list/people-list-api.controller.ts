import { Controller, Put, Req, Res } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiOperation, getSchemaPath } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { HeavyReads } from '../../integrations/exports/heavy-reads.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import {
  listTooLarge,
  MAX_LIST_SIZE,
  MAX_PEOPLE,
  WrongRows,
} from '../../reviews/people-list/people-list-problems.js';
import { PeopleListsService } from '../../reviews/people-list/people-lists.service.js';
import { readPeople } from '../../reviews/people-list/read-people.js';
import { ApiChange, ApiV1 } from '../shared/api-docs.js';
import { formatOf, ListBodies, noList } from './list-bodies.guard.js';
import { ListVersionResponse, presentImport } from './list-version.response.js';
import { PeopleListRequest } from './people-list.request.js';

const CSV_EXAMPLE = `email,name,github_login,status,end_date,manager_email\r\nada@example.com,Ada Lovelace,ada-l,active,,grace@example.com\r\n`;

const WRONG = ['encoding', 'header', 'json', 'too_long', 'empty']
  .map((code) => `\`people_list_${code}\``)
  .join(', ');

/** Takes the people list of the team. */
@ApiV1('People list', ListBodies)
@Controller('api/v1/people-list')
export class PeopleListApiController {
  constructor(
    private readonly lists: PeopleListsService,
    private readonly heavy: HeavyReads,
  ) {}

  @Put()
  @ApiChange()
  @ApiOperation({
    operationId: 'replacePeopleList',
    summary: 'Replaces the people list of the team',
    description: `The whole list is taken, or nothing of it. At most ${MAX_PEOPLE.toLocaleString('en')} people and ${MAX_LIST_SIZE / 1e6} MB. The CSV has a header with \`email\`, \`name\`, \`github_login\`, \`status\`, \`end_date\` and \`manager_email\`, in any order; only \`email\` is required, and other columns are ignored. It is separated by commas, semicolons or tabs, in UTF-8 or UTF-16. The same list again makes no new version.`,
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { $ref: getSchemaPath(PeopleListRequest) } },
        'text/csv': { schema: { type: 'string' }, example: CSV_EXAMPLE },
      },
    },
  })
  @ApiExtraModels(PeopleListRequest)
  @ApiOkResponse({ type: ListVersionResponse, description: 'The current version.' })
  @ApiProblem(listTooLarge())
  @ApiProblem(noList())
  @ApiProblem(new WrongRows([{ at: 7, problem: 'email is missing' }], 1, 'line'), {
    description: `Rows are wrong (\`people_list_wrong_rows\`; the first hundred are named), or the whole list is: ${WRONG}. Nothing was taken.`,
  })
  async replace(
    @CurrentIdentity() { teamId }: Identity,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ListVersionResponse> {
    const format = formatOf(request);
    await this.heavy.turn(teamId, response);
    // The answer must still reach a client whose list is refused before its end.
    const body = request.iterator({ destroyOnReturn: false });
    const { people, ignored } = await readPeople(body, format);
    const imported = await this.lists.import({ teamId, people, source: 'api' });
    return presentImport(imported, ignored);
  }
}
