import type { LoggedRequest } from '../../../src/simulator/request-log.js';
import type { Log } from './github.js';

/** What a sync asked of GitHub, by what it is for. */
export interface Traffic {
  /** Pages of the list of members. */
  list: LoggedRequest[];
  /** Lists of the owners, and of who has no two-factor authentication. */
  roles: LoggedRequest[];
  /** Questions in GraphQL. */
  profiles: LoggedRequest[];
  others: LoggedRequest[];
  charged: number;
  notModified: number;
  peak: number;
}

export function trafficOf({ entries, peak }: Log): Traffic {
  const of = (kind: Kind) => entries.filter((entry) => kindOf(entry) === kind);
  return {
    list: of('list'),
    roles: of('roles'),
    profiles: of('profiles'),
    others: of('others'),
    charged: entries.filter(({ charged }) => charged).length,
    notModified: entries.filter(isUnmodified).length,
    peak,
  };
}

export const isUnmodified = ({ status }: LoggedRequest): boolean => status === 304;

type Kind = 'list' | 'roles' | 'profiles' | 'others';

function kindOf({ method, path }: LoggedRequest): Kind {
  if (method === 'POST') return 'profiles';
  const { pathname, searchParams } = new URL(path, 'http://github');
  if (!pathname.endsWith('/members')) return 'others';
  return searchParams.has('role') || searchParams.has('filter') ? 'roles' : 'list';
}
