import type { EntityManager } from 'typeorm';
import { type ItemPosition, type ReviewItemFilter, selectItems } from './find-items.js';
import { type PresentedItem, presentItem } from './present-review.js';

const ITEMS_PER_READ = 1_000;

/** All rows that a filter finds, by login. Holds no database connection while a slow consumer reads. */
export async function* presentedItems(
  manager: EntityManager,
  filter: ReviewItemFilter,
  signal?: AbortSignal,
): AsyncGenerator<PresentedItem> {
  for (let after: ItemPosition | undefined; ; ) {
    signal?.throwIfAborted();
    const some = await selectItems(manager, filter, after).limit(ITEMS_PER_READ).getMany();
    for (const item of some) yield presentItem(item);
    const last = some.at(-1);
    if (!last || some.length < ITEMS_PER_READ) return;
    after = { sortKey: last.sortKey, id: last.id };
  }
}
