import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/accounts.module.js';
import { IntegrationsModule } from '../integrations/integrations.module.js';
import { AccessReview } from './access-reviews/access-review.entity.js';
import { AccessReviewItem } from './access-reviews/access-review-item.entity.js';
import { AccessReviewsService } from './access-reviews/access-reviews.service.js';
import { EvidenceService } from './access-reviews/evidence.service.js';
import { EvidenceVerification } from './access-reviews/evidence-verification.js';
import { ItemDecisions } from './access-reviews/item-decisions.js';
import { ReviewClosing } from './access-reviews/review-closing.js';
import { ReviewStarts } from './access-reviews/review-starts.js';
import { Comparison } from './matching/comparison.entity.js';
import { ManualMatches } from './matching/manual-matches.js';
import { Match } from './matching/match.entity.js';
import { MatchComparisons } from './matching/match-comparisons.js';
import { MatchesService } from './matching/matches.service.js';
import { ListPerson } from './people-list/list-person.entity.js';
import { ListRow } from './people-list/list-row.entity.js';
import { PeopleListVersion } from './people-list/people-list-version.entity.js';
import { PeopleListsService } from './people-list/people-lists.service.js';

const ACCESS_REVIEWS = [
  AccessReviewsService,
  EvidenceService,
  EvidenceVerification,
  ItemDecisions,
  ReviewClosing,
  ReviewStarts,
];

/** Who should be there: people lists, who of them is on GitHub, and reviews of everybody's access. */
@Module({
  imports: [
    AccountsModule,
    IntegrationsModule,
    TypeOrmModule.forFeature([
      ...[AccessReview, AccessReviewItem],
      ...[Comparison, ListPerson, ListRow, Match, PeopleListVersion],
    ]),
  ],
  providers: [
    ...ACCESS_REVIEWS,
    ManualMatches,
    MatchComparisons,
    MatchesService,
    PeopleListsService,
  ],
  exports: [...ACCESS_REVIEWS, ManualMatches, MatchesService, PeopleListsService],
})
export class ReviewsModule {}
