import type { Request } from 'express';
import { routesOf } from './routes.js';

/** The methods that have a route at the request's path. Express itself only answers 404. */
export function allowedMethods({ app, path }: Request): string[] {
  const routes = routesOf(app).filter((layer) => layer.match(path));
  const methods = new Set(routes.flatMap(({ route }) => Object.keys(route.methods)));
  if (methods.has('get')) methods.add('head');
  // A route for all methods does not say which ones make sense.
  methods.delete('_all');
  return [...methods].map((method) => method.toUpperCase()).sort();
}
