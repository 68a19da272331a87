import type { Page } from '../../../src/integrations/api/page.js';
import type { Api } from './api.js';

/** All items of a list, whose address has a query, page after page. */
export async function* everything<T>(api: Api, path: string): AsyncGenerator<T> {
  let next: string | null = '';
  while (next !== null) {
    const page: Page<T> = (await api.get<Page<T>>(path + next)).body;
    yield* page.items;
    next = page.nextCursor && `&cursor=${page.nextCursor}`;
  }
}
