import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many people of a directory have each status, without the changes of an unfinished run. */
@Entity('member_counts')
export class MemberCounts {
  @PrimaryColumn({ type: 'int' })
  integrationId: number;

  @Column({ name: 'active_members' })
  active: number;

  @Column({ name: 'left_members' })
  left: number;

  @Column({ name: 'disabled_members' })
  disabled: number;
}
