import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { Comparison } from './matching/comparison.entity.js';
import { ManualMatches } from './matching/manual-matches.js';
import { Match } from './matching/match.entity.js';
import { MatchComparisons } from './matching/match-comparisons.js';
import { MatchesService } from './matching/matches.service.js';
import { ListPerson } from './people-list/list-person.entity.js';
import { ListRow } from './people-list/list-row.entity.js';
import { PeopleListVersion } from './people-list/people-list-version.entity.js';
import { PeopleListsService } from './people-list/people-lists.service.js';

/** Who should be there: people lists, and who of them is on GitHub. */
@Module({
  imports: [
    IntegrationsModule,
    TypeOrmModule.forFeature([Comparison, ListPerson, ListRow, Match, PeopleListVersion]),
  ],
  providers: [ManualMatches, MatchComparisons, MatchesService, PeopleListsService],
  exports: [ManualMatches, MatchesService, PeopleListsService],
})
export class ReviewsModule {}
