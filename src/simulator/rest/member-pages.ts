import { etagOf, type TaggedText } from '../conditional.js';
import type { SimMembership } from '../membership.js';
import { simpleUser } from './bodies.js';

type Listed = Pick<SimMembership, 'user'>;

/** Bytes: two lists of 100,000 members. */
const MOST_KEPT = 250_000_000;

/**
 * Pages of people as they go over the wire, kept by their tags. A tag says all in which one page can differ from
 * another, so that none is ever stale; to serialize a page takes ten times as long as to look it up.
 */
export class MemberPages {
  private readonly kept = new Map<string, Buffer>();
  private size = 0;

  /** @param base what the users' addresses begin with */
  page(members: readonly Listed[], base: string): TaggedText {
    const etag = etagOf(fingerprint(members, base));
    return { etag, body: () => this.kept.get(etag) ?? this.write(etag, members, base) };
  }

  private write(etag: string, members: readonly Listed[], base: string): Buffer {
    const page = Buffer.from(JSON.stringify(members.map(({ user }) => simpleUser(user, base))));
    if (this.size + page.length > MOST_KEPT) this.clear();
    this.kept.set(etag, page);
    this.size += page.length;
    return page;
  }

  private clear(): void {
    this.kept.clear();
    this.size = 0;
  }
}

function fingerprint(members: readonly Listed[], base: string): string {
  let text = base;
  for (const { user } of members) text += ` ${user.id} ${user.login} ${user.accountType}`;
  return text;
}
