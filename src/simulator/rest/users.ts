import { lackingMessage, userRefusal } from '../access.js';
import { type Answer, json, notFound, problem } from '../answer.js';
import { emailBodies, privateUser, publicUser } from './bodies.js';
import type { RestCall } from './call.js';

/** `GET /user` */
export function getSelf({ caller, request: { base }, page }: RestCall): Answer {
  const { token, user } = caller;
  if (!token || !user) return userRefusal(caller, page) ?? notFound(page);
  const whole = token.hasScopes && token.hasAny('user', 'read:user');
  return json(whole ? privateUser(user, base) : publicUser(user, base, true));
}

/** `GET /user/emails`: a scope that is missing is a 404, a permission of an App that is missing a 403. */
export function listEmails({ caller, page }: RestCall): Answer {
  const { token, user } = caller;
  if (!token || !user) return userRefusal(caller, page) ?? notFound(page);
  if (!token.hasAny('user', 'user:email')) return notFound(page);
  const isGranted = token.hasScopes || token.app?.permissions.email_addresses !== undefined;
  return isGranted ? json(emailBodies(user)) : problem(403, lackingMessage(caller), page);
}

/** `GET /users/{login}` and `GET /user/{id}` */
export function getUser({ world, params, request, caller, page }: RestCall): Answer {
  const key = params[0] ?? '';
  const user = world.user(request.pathname.startsWith('/user/') ? Number(key) : key);
  if (!user) return notFound(page);
  return json(publicUser(user, request.base, caller.token !== undefined));
}
