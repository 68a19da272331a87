import type { Request } from 'express';
import { type RouteLayer, routesOf } from './routes.js';

/**
 * The methods that have a route at the request's path. Express itself only answers 404. Only the routes with the fewest
 * parameters count: `members/sync` is no `members/:memberId`.
 */
export function allowedMethods({ app, path }: Request): string[] {
  const matching = routesOf(app).filter((layer) => layer.match(path));
  const fewest = Math.min(...matching.map(parametersIn));
  const routes = matching.filter((layer) => parametersIn(layer) === fewest);
  const methods = new Set(routes.flatMap(({ route }) => Object.keys(route.methods)));
  if (methods.has('get')) methods.add('head');
  // A route for all methods does not say which ones make sense.
  methods.delete('_all');
  return [...methods].map((method) => method.toUpperCase()).sort();
}

const parametersIn = ({ route }: RouteLayer): number =>
  String(route.path)
    .split('/')
    .filter((part) => /^[:*]/.test(part)).length;
