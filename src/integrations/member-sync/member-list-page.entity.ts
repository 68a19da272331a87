import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One page of GitHub's list as a run has read and applied it: the run's checkpoint, and where the next run begins. */
@Entity('member_list_pages')
export class MemberListPage {
  @PrimaryColumn({ type: 'int' })
  integrationId: number;

  @PrimaryColumn({ type: 'int' })
  page: number;

  /** The run that looked at it last. */
  @Column()
  runId: number;

  @Column({ type: 'varchar', nullable: true })
  etag: string | null;

  /** GitHub's ids of the people on it. */
  @Column({ type: 'simple-json' })
  githubIds: number[];

  /** Of those who were on it earlier in the run. */
  @Column({ type: 'simple-json', nullable: true })
  formerIds: number[] | null;

  /** In which pass of the run it was looked at last. */
  @Column({ default: 0 })
  checkedIn: number;

  /** In which pass other people were on it than before. */
  @Column({ default: 0 })
  changedIn: number;
}
