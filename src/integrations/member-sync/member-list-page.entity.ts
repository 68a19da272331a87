import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One page of GitHub's list that a run read and applied: the run's checkpoint, and the start of the next run. */
@Entity('member_list_pages')
export class MemberListPage {
  @PrimaryColumn({ type: 'int' })
  integrationId: number;

  @PrimaryColumn({ type: 'int' })
  page: number;

  /** The run that read it last. */
  @Column()
  runId: number;

  @Column({ type: 'varchar', nullable: true })
  etag: string | null;

  /** GitHub's ids of the people on it. */
  @Column({ type: 'simple-json' })
  githubIds: number[];

  /** GitHub's ids of people who left this page during the run. */
  @Column({ type: 'simple-json', nullable: true })
  formerIds: number[] | null;

  /** The pass of the run that read it last. */
  @Column({ default: 0 })
  checkedIn: number;

  /** The last pass that found other people on it. */
  @Column({ default: 0 })
  changedIn: number;
}
