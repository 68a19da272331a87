import type { SimTeam } from './team.js';
import type { SimUser } from './user.js';

/** What GitHub tells webhooks of a team: by the event `team`, or `membership` for who is in it. */
export type TeamChange =
  | { readonly action: 'team_created' | 'team_deleted'; readonly team: SimTeam }
  | {
      readonly action: 'team_edited';
      readonly team: SimTeam;
      readonly changes: { readonly [what in 'name' | 'privacy']?: { readonly from: string } };
    }
  | {
      readonly action: 'team_member_added' | 'team_member_removed';
      readonly team: SimTeam;
      readonly user: SimUser;
    };
