import { IntersectionType } from '@nestjs/swagger';
import { PageQuery } from '../shared/page.query.js';
import { ItemFilterRequest } from './review.fields.js';

/** Which rows of a review to show. */
export class ReviewItemsQuery extends IntersectionType(PageQuery, ItemFilterRequest) {}
