import type { Request } from 'express';

/** What Express keeps of a route and does not declare. */
interface Layer {
  match(path: string): boolean;
  route?: { methods: Record<string, boolean | undefined> };
}

/** The methods that some route answers at the request's path. Express itself knows only 404. */
export function allowedMethods({ app, path }: Request): string[] {
  const layers: unknown[] = app.router.stack;
  const routes = layers.filter(isLayer).filter((layer) => layer.route && layer.match(path));
  const methods = new Set(routes.flatMap(({ route }) => Object.keys(route?.methods ?? {})));
  if (methods.has('get')) methods.add('head');
  // A route for all methods does not tell which of them make sense.
  methods.delete('_all');
  return [...methods].map((method) => method.toUpperCase()).sort();
}

const isLayer = (layer: unknown): layer is Layer =>
  typeof layer === 'object' && layer !== null && 'match' in layer;
