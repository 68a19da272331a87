import type { GithubTeam } from './github-team.entity.js';

type Node = Pick<GithubTeam, 'githubId' | 'parentGithubId'>;

/** A team in the order of a tree; `depth` is 0 at the top. */
export interface TeamInTree<T> {
  team: T;
  depth: number;
}

/**
 * Teams that are in each other. While teams move, GitHub may show a circle: its first team then counts as one at the
 * top, as does a team whose parent is not visible.
 */
export class TeamTree<T extends Node> {
  private readonly byId: Map<number, T>;
  private readonly children = new Map<number, T[]>();

  /** @param teams in the order in which those of one parent are shown */
  constructor(private readonly teams: T[]) {
    this.byId = new Map(teams.map((team) => [team.githubId, team]));
    for (const team of teams) {
      const { parentGithubId } = team;
      if (parentGithubId === null) continue;
      const siblings = this.children.get(parentGithubId);
      if (siblings) siblings.push(team);
      else this.children.set(parentGithubId, [team]);
    }
  }

  /** The teams that a team is in, the outermost first. */
  ancestors(team: T): T[] {
    const found = new Set([team]);
    let parent = this.parentOf(team);
    while (parent && !found.has(parent)) {
      found.add(parent);
      parent = this.parentOf(parent);
    }
    return [...found].slice(1).reverse();
  }

  childrenOf({ githubId }: Node): T[] {
    return this.children.get(githubId) ?? [];
  }

  /** The teams in a team, at any depth, without itself. */
  descendants(team: T): T[] {
    return this.below(team, new Set())
      .slice(1)
      .map((one) => one.team);
  }

  /** These teams and those in them, at any depth, each once. */
  within(teams: T[]): T[] {
    const seen = new Set<T>();
    return teams.flatMap((team) => this.below(team, seen).map((one) => one.team));
  }

  /** All teams, each followed by those in it. */
  inOrder(): TeamInTree<T>[] {
    const seen = new Set<T>();
    const tops = this.teams.filter((team) => !this.parentOf(team));
    return [...tops, ...this.teams].flatMap((team) => this.below(team, seen));
  }

  /** Undefined at the top. */
  parentOf({ parentGithubId }: Node): T | undefined {
    return parentGithubId === null ? undefined : this.byId.get(parentGithubId);
  }

  /** A team and those in it that were not seen before. No recursion: nothing limits how deep teams are. */
  private below(top: T, seen: Set<T>): TeamInTree<T>[] {
    const found: TeamInTree<T>[] = [];
    const open = [{ team: top, depth: 0 }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { team, depth } = next;
      if (seen.has(team)) continue;
      seen.add(team);
      found.push(next);
      for (const child of this.childrenOf(team).toReversed())
        open.push({ team: child, depth: depth + 1 });
    }
    return found;
  }
}
