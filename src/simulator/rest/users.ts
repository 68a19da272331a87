import { type Answer, json, notFound, problem } from '../answer.js';
import { privateUser, publicUser } from './bodies.js';
import type { RestCall } from './call.js';

/** `GET /user` */
export function getSelf({ caller: { token }, request, page }: RestCall): Answer {
  if (!token) return problem(401, 'Requires authentication', page);
  const whole = token.kind === 'classic' && token.hasAny('user', 'read:user');
  return json(
    whole ? privateUser(token.user, request.base) : publicUser(token.user, request.base, true),
  );
}

/** `GET /users/{login}` and `GET /user/{id}` */
export function getUser({ world, params, request, caller, page }: RestCall): Answer {
  const key = params[0] ?? '';
  const user = world.user(request.pathname.startsWith('/user/') ? Number(key) : key);
  if (!user) return notFound(page);
  return json(publicUser(user, request.base, caller.token !== undefined));
}
