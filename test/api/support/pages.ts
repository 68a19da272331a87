import type { Page } from '../../../src/api/shared/page.js';
import type { Api } from './api.js';

/** All items of a list, page after page. @throws Error for a page that is not full, unless it is the last */
export async function everything<T>(api: Api, path: string, limit: number): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = `${path.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`;
    const page: Page<T> = (await api.get<Page<T>>(path + query)).body;
    const { length } = page.items;
    if (length > limit || (page.nextCursor !== null && length < limit))
      throw new Error(`${path}${query} shows ${length} items`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}
