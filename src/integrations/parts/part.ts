/** What a run of scope `everybody` brings in step, in this order. */
export const PARTS = [
  'members',
  'outsideCollaborators',
  'invitations',
  'teams',
  'identities',
] as const;

export type PartName = (typeof PARTS)[number];

/** What pages and commands call them. */
export const PART_LABELS: Record<PartName, string> = {
  members: 'Members',
  outsideCollaborators: 'Outside collaborators',
  invitations: 'Invitations',
  teams: 'Teams',
  identities: 'Identities',
};

export const PART_STATES = ['complete', 'incomplete', 'not_visible', 'failed'] as const;

/**
 * `incomplete`: applied, but something of it could not be read. `not_visible`: the credential may not read it.
 * `failed`: GitHub refused it for another reason. In the last two what is known of it stays.
 */
export type PartState = (typeof PART_STATES)[number];

/** What a run did to one part. `total` is the size of GitHub's list. */
export interface PartCounts {
  added: number;
  changed: number;
  removed: number;
  total: number;
  /** Of `teams`: how many removals the run held. Those of people are in its own `held`. */
  held?: number;
}

export interface PartResult extends PartCounts {
  state: PartState;
}

/** By the name of each part that the run looked at. */
export type PartResults = Partial<Record<PartName, PartResult>>;

export const noPartCounts = (): PartCounts => ({ added: 0, changed: 0, removed: 0, total: 0 });
