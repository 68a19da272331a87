/** The items of all pages of a list, read one after the other; `next` is undefined on the last. */
export async function everyPage<T>(
  read: (page: number) => Promise<{ items: T[]; next: number | undefined }>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page: number | undefined = 1; page; ) {
    const found = await read(page);
    all.push(...found.items);
    page = found.next;
  }
  return all;
}
