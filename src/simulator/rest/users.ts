import { userRefusal } from '../access.js';
import { type Answer, json, notFound } from '../answer.js';
import { privateUser, publicUser } from './bodies.js';
import type { RestCall } from './call.js';

/** `GET /user` */
export function getSelf({ caller, request: { base }, page }: RestCall): Answer {
  const { token, user } = caller;
  if (!token || !user) return userRefusal(caller, page) ?? notFound(page);
  const whole = token.hasScopes && token.hasAny('user', 'read:user');
  return json(whole ? privateUser(user, base) : publicUser(user, base, true));
}

/** `GET /users/{login}` and `GET /user/{id}` */
export function getUser({ world, params, request, caller, page }: RestCall): Answer {
  const key = params[0] ?? '';
  const user = world.user(request.pathname.startsWith('/user/') ? Number(key) : key);
  if (!user) return notFound(page);
  return json(publicUser(user, request.base, caller.token !== undefined));
}
