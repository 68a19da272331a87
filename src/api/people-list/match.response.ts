import { ApiProperty } from '@nestjs/swagger';
import { AFFILIATIONS, type Affiliation } from '../../members/affiliation.js';
import {
  CATEGORIES,
  type MatchCategory,
  type MatchCounts,
} from '../../reviews/matching/match-category.js';
import { MATCHED_BY, type MatchedBy } from '../../reviews/matching/match-people.js';
import type {
  PresentedAccount,
  PresentedMatch,
  PresentedPerson,
} from '../../reviews/matching/present-match.js';
import { LIST_STATUSES, type ListStatus } from '../../reviews/people-list/listed-person.js';

/** Somebody of the list. */
export class ListPersonResponse implements PresentedPerson {
  @ApiProperty({ example: 1, description: 'The same in all versions of the list.' })
  id: number;

  @ApiProperty({ example: 'ada@example.com' })
  email: string;

  @ApiProperty({ example: 'Ada Lovelace', description: 'Empty where the list has none.' })
  name: string;

  @ApiProperty({ type: String, nullable: true, example: 'ada-l' })
  githubLogin: string | null;

  @ApiProperty({ enum: LIST_STATUSES, example: 'active' })
  status: ListStatus;

  @ApiProperty({ type: String, nullable: true, example: null })
  endDate: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'grace@example.com' })
  managerEmail: string | null;
}

/** Somebody on GitHub. */
export class MatchAccountResponse implements PresentedAccount {
  @ApiProperty({ example: 1, description: 'To show, and to choose this person.' })
  memberId: number;

  @ApiProperty({ example: 1 })
  integrationId: number;

  @ApiProperty({ example: 'acme', description: 'One of the organizations that they are in.' })
  organization: string;

  @ApiProperty({ example: 583_231 })
  githubId: number;

  @ApiProperty({ example: 'ada-l' })
  login: string;

  @ApiProperty({ example: 'Ada' })
  displayName: string;

  @ApiProperty({ example: '', description: 'The public address; empty where there is none.' })
  email: string;

  @ApiProperty({ enum: [...AFFILIATIONS, null], type: String, nullable: true, example: 'member' })
  affiliation: Affiliation | null;
}

/** Somebody of the list, of GitHub, or of both. */
export class MatchResponse implements PresentedMatch {
  @ApiProperty({
    enum: [...CATEGORIES, null],
    type: String,
    nullable: true,
    example: 'matched',
    description:
      '`weak`: matched by the public address alone. `ambiguous`: to be chosen among `candidates`. `left_company`: in the list as somebody who left, and still on GitHub. Null, only for one person: they left and are not on GitHub.',
  })
  category: MatchCategory | null;

  @ApiProperty({
    enum: [...MATCHED_BY, null],
    type: String,
    nullable: true,
    example: 'login',
    description: 'The sign by which the person, or the candidates, were found.',
  })
  matchedBy: MatchedBy | null;

  @ApiProperty({ type: ListPersonResponse, nullable: true })
  person: ListPersonResponse | null;

  @ApiProperty({ type: MatchAccountResponse, nullable: true })
  member: MatchAccountResponse | null;

  @ApiProperty({ type: [MatchAccountResponse] })
  candidates: MatchAccountResponse[];
}

/** How many there are of each category, whatever the filter. */
export class MatchCountsResponse implements MatchCounts {
  @ApiProperty({ example: 390 })
  matched: number;

  @ApiProperty({ example: 4 })
  weak: number;

  @ApiProperty({ example: 2 })
  ambiguous: number;

  @ApiProperty({ example: 9 })
  not_in_list: number;

  @ApiProperty({ example: 1 })
  left_company: number;

  @ApiProperty({ example: 15 })
  not_on_github: number;
}

/** A page of matches, and the counts. */
export class MatchesResponse {
  @ApiProperty({ type: [MatchResponse] })
  items: MatchResponse[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: null,
    description: 'The `cursor` of the next page. Null on the last page.',
  })
  nextCursor: string | null;

  @ApiProperty({ type: MatchCountsResponse })
  counts: MatchCountsResponse;
}
