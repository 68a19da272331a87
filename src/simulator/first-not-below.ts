/** The index of the first item whose id is `id` or larger, in a list by ascending id. */
export function firstNotBelow<T>(
  list: readonly T[],
  id: number,
  idOf: (item: T) => number,
): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = list[middle];
    if (found !== undefined && idOf(found) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
