import { onTestFinished } from 'vitest';
import type { SimOrganization } from '../../../src/simulator/organization.js';
import { Simulator, type SimulatorOptions } from '../../../src/simulator/simulator.js';
import type { SimUser } from '../../../src/simulator/user.js';
import { World } from '../../../src/simulator/world.js';

export const OWNER = 'owner-token';
export const MEMBER = 'member-token';
export const OUTSIDER = 'outsider-token';
export const NARROW = 'narrow-token';
export const FINE = 'fine-grained-token';
export const BARE_FINE = 'bare-fine-grained-token';

export interface GraphqlAnswer {
  readonly data?: Record<string, never> | null;
  readonly errors?: { type?: string; path?: unknown[]; message: string }[];
}

/** A simulated GitHub with the organization `acme`, and one token of each kind that matters. */
export class Stage {
  private constructor(
    readonly simulator: Simulator,
    readonly organization: SimOrganization,
    readonly owner: SimUser,
    readonly member: SimUser,
    readonly outsider: SimUser,
  ) {}

  static async set(members = 5, options: Omit<SimulatorOptions, 'world'> = {}): Promise<Stage> {
    const world = new World({ seed: 42 });
    const organization = world.addOrganization({ login: 'acme', id: 9_001, members });
    const owner = world.addUser({ id: 11, login: 'Owner', twoFactor: true });
    const member = world.addUser({ id: 12, login: 'a-member', twoFactor: true });
    const outsider = world.addUser({ id: 13, login: 'outsider' });
    organization.join(owner, { role: 'admin', public: true });
    organization.join(member);
    world.addToken({ token: OWNER, user: owner, scopes: ['read:org', 'read:user'] });
    world.addToken({ token: MEMBER, user: member, scopes: ['read:org', 'user:email'] });
    world.addToken({ token: OUTSIDER, user: outsider, scopes: ['read:org'] });
    world.addToken({ token: NARROW, user: member, scopes: ['repo'] });
    world.addToken({ token: FINE, user: member, kind: 'fine-grained' });
    world.addToken({
      token: BARE_FINE,
      user: member,
      kind: 'fine-grained',
      membersPermission: false,
    });
    const simulator = await Simulator.start({ ...options, world });
    onTestFinished(() => simulator.stop());
    return new Stage(simulator, organization, owner, member, outsider);
  }

  get world(): World {
    return this.simulator.world;
  }

  /** @param token null for none */
  get(
    path: string,
    token: string | null = OWNER,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const authorization: Record<string, string> =
      token === null ? {} : { authorization: `Bearer ${token}` };
    return fetch(this.simulator.url + path, {
      headers: { ...authorization, ...headers },
      redirect: 'manual',
    });
  }

  async json<T>(path: string, token: string | null = OWNER): Promise<T> {
    return (await (await this.get(path, token)).json()) as T;
  }

  /** The logins of one page of a list. */
  async logins(path: string, token: string | null = OWNER): Promise<string[]> {
    return (await this.json<{ login: string }[]>(path, token)).map(({ login }) => login);
  }

  post(body: string, token: string | null = OWNER, path = '/graphql'): Promise<Response> {
    const headers: Record<string, string> =
      token === null ? {} : { authorization: `bearer ${token}` };
    return fetch(this.simulator.url + path, { method: 'POST', headers, body });
  }

  async graphql(query: string, variables: object = {}, token = OWNER): Promise<GraphqlAnswer> {
    const response = await this.post(JSON.stringify({ query, variables }), token);
    return (await response.json()) as GraphqlAnswer;
  }
}
