import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import type { NewReview } from '../../reviews/access-reviews/review-starts.js';

const MAX_ORGANIZATIONS = 100;
const MAX_TEAMS = 500;
const IDS = 'integrationIds must be ids of integrations';
const DAYS = { message: 'removalDays must be a whole number from 1 to 365' };

/** Who reviews the people of a GitHub team. */
export class GithubTeamReviewerRequest {
  @ApiProperty({ type: 'integer', minimum: 1, example: 1, description: 'Our id of the team.' })
  @Min(1, { message: 'githubTeamId must be the id of a GitHub team' })
  @IsInt({ message: 'githubTeamId must be the id of a GitHub team' })
  githubTeamId: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 1 })
  @Min(1, { message: 'userId must be the id of a user' })
  @IsInt({ message: 'userId must be the id of a user' })
  userId: number;
}

/** A new review. */
export class StartReviewRequest implements NewReview {
  @ApiProperty({ minLength: 1, maxLength: 100, example: 'First quarter' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value))
  @Length(1, 100, { message: 'name must have 1 to 100 characters' })
  @IsString({ message: 'name must be text' })
  name: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'integer', minimum: 1 },
    minItems: 1,
    maxItems: MAX_ORGANIZATIONS,
    example: [1],
    description: 'The integrations whose people are reviewed.',
  })
  @Min(1, { each: true, message: IDS })
  @IsInt({ each: true, message: IDS })
  @ArrayMaxSize(MAX_ORGANIZATIONS, {
    message: `integrationIds must have at most ${MAX_ORGANIZATIONS} ids`,
  })
  @ArrayMinSize(1, { message: 'integrationIds must have at least one id' })
  @IsArray({ message: 'integrationIds must be a list' })
  integrationIds: number[];

  @ApiProperty({
    format: 'date',
    maxLength: 10,
    example: '2100-03-31',
    description: 'The last day for decisions, in UTC.',
  })
  @MaxLength(10, { message: 'dueOn must be a date such as 2026-03-31' })
  @IsString({ message: 'dueOn must be a date such as 2026-03-31' })
  dueOn: string;

  @ApiPropertyOptional({
    type: [GithubTeamReviewerRequest],
    maxItems: MAX_TEAMS,
    example: [],
    description: 'Who reviews the people of GitHub teams, those of child teams included.',
  })
  @IsOptional()
  @Type(() => GithubTeamReviewerRequest)
  @ValidateNested({ each: true, message: 'githubTeamReviewers must be a list of objects' })
  @ArrayMaxSize(MAX_TEAMS, { message: `githubTeamReviewers must have at most ${MAX_TEAMS} teams` })
  @IsArray({ message: 'githubTeamReviewers must be a list' })
  githubTeamReviewers?: GithubTeamReviewerRequest[];

  @ApiPropertyOptional({
    default: false,
    description: 'Whether the manager of the people list reviews, where they are a user.',
  })
  @IsOptional()
  @IsBoolean({ message: 'byManager must be true or false' })
  byManager?: boolean;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    nullable: true,
    example: null,
    description: 'The user who reviews all others; null where every admin may.',
  })
  @IsOptional()
  @Min(1, { message: 'reviewerId must be the id of a user, or null' })
  @IsInt({ message: 'reviewerId must be the id of a user, or null' })
  reviewerId?: number | null;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 365,
    default: 7,
    description: 'How many days after the closing a removal may take.',
  })
  @IsOptional()
  @Max(365, DAYS)
  @Min(1, DAYS)
  @IsInt(DAYS)
  removalDays?: number;
}
