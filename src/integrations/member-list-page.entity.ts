import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One page of GitHub's list that a run has read and applied: its checkpoint. */
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
}
