import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { ListPerson } from './people-list/list-person.entity.js';
import { ListRow } from './people-list/list-row.entity.js';
import { PeopleListVersion } from './people-list/people-list-version.entity.js';
import { PeopleListsService } from './people-list/people-lists.service.js';

/** Who should be there: people lists, and who of them is on GitHub. */
@Module({
  imports: [IntegrationsModule, TypeOrmModule.forFeature([ListPerson, ListRow, PeopleListVersion])],
  providers: [PeopleListsService],
  exports: [PeopleListsService],
})
export class ReviewsModule {}
