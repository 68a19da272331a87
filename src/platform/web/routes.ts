import type { Application } from 'express';

/** Express' internal, undeclared form of a route. */
export interface RouteLayer {
  match(path: string): boolean;
  route: { path: unknown; methods: Record<string, boolean | undefined> };
}

/** The routes of an application, in the order in which Express tries them. */
export function routesOf(app: Pick<Application, 'router'>): RouteLayer[] {
  const layers: unknown[] = app.router.stack;
  return layers.filter(isRoute);
}

const isRoute = (layer: unknown): layer is RouteLayer =>
  typeof layer === 'object' &&
  layer !== null &&
  'match' in layer &&
  'route' in layer &&
  !!layer.route;
