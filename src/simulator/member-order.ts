import { firstNotBelow } from './first-not-below.js';
import type { SimMembership } from './membership.js';

const idOf = ({ user }: SimMembership): number => user.id;

/** Memberships by ascending id, kept in order as they change: to sort 100,000 takes half a second. */
export class MemberOrder {
  /** Undefined until somebody asks, so that a crowd can join at no cost. */
  private kept: SimMembership[] | undefined;

  /** @param memberships all there are; the list given back is changed by later calls */
  sorted(memberships: ReadonlyMap<number, SimMembership>): readonly SimMembership[] {
    this.kept ??= [...memberships.values()].sort((one, other) => one.user.id - other.user.id);
    return this.kept;
  }

  put(membership: SimMembership): void {
    if (!this.kept) return;
    const index = firstNotBelow(this.kept, membership.user.id, idOf);
    const replaced = this.kept[index]?.user.id === membership.user.id ? 1 : 0;
    this.kept.splice(index, replaced, membership);
  }

  remove(id: number): void {
    if (!this.kept) return;
    const index = firstNotBelow(this.kept, id, idOf);
    if (this.kept[index]?.user.id === id) this.kept.splice(index, 1);
  }
}
