import { formText } from '../../platform/web/form-text.js';

/** How many people a page of the directory can show. */
const PAGE_SIZES = [25, 50, 100, 200] as const;

export type PageSize = (typeof PAGE_SIZES)[number];

/** Left out of URLs. */
export const USUAL_PAGE_SIZE: PageSize = 50;

/** The size in a URL; the usual one where it is invalid. */
export const pageSizeIn = (query: unknown): PageSize =>
  PAGE_SIZES.find((size) => String(size) === formText(query, 'limit')) ?? USUAL_PAGE_SIZE;

/** The sizes to choose from. @param addressOf the first page in that size */
export const pageSizes = (here: PageSize, addressOf: (size: PageSize) => string) =>
  PAGE_SIZES.map((size) => ({ size, href: addressOf(size), isHere: size === here }));

/** Whether another size would show other people. */
export const canResize = (isWhole: boolean, people: number): boolean =>
  !isWhole || people > PAGE_SIZES[0];
