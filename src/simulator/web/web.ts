import { type Answer, notFound } from '../answer.js';
import type { SimRequest } from '../exchange.js';
import type { World } from '../world.js';
import { accessToken } from './access-token.js';
import { authorize } from './authorize.js';
import { Grants } from './grants.js';

/** GitHub's own pages for signing in: no part of its API, so that no token is looked at and no limit counts. */
export class WebEndpoint {
  private readonly grants: Grants;

  constructor(private readonly world: World) {
    this.grants = new Grants(world);
  }

  answer(request: SimRequest): Answer {
    const { method, pathname } = request;
    if (method === 'GET' && pathname === '/login/oauth/authorize') {
      return authorize(request, this.world, this.grants);
    }
    if (method === 'POST' && pathname === '/login/oauth/access_token') {
      return accessToken(request, this.world, this.grants);
    }
    return notFound();
  }
}

/** They live at the root, not below an Enterprise Server's `/api/v3`. */
export function isWeb({ pathname, base }: SimRequest): boolean {
  return pathname.startsWith('/login/') && !base.endsWith('/api/v3');
}
