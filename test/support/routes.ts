import type { INestApplicationContext, Type } from '@nestjs/common';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer, Reflector } from '@nestjs/core';
import type { Caller } from '../../src/platform/web/access.decorator.js';

/** A route of one of the application's controllers. */
export interface Route {
  method: string;
  /** As Nest has it, such as `/integrations/github/:id/members`. */
  path: string;
  /** The least caller; undefined where the route declares none. */
  access: Caller | undefined;
}

/** Every route, from the controllers that Nest has, by path. */
export function routesOfApp(app: INestApplicationContext): Route[] {
  const controllers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.controllers.values(),
  ]);
  const routes = controllers.flatMap(({ metatype }) => routesOf(app, metatype as Type));
  return routes.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const keyOf = ({ path, method }: Route): string => `${path} ${method}`;

function routesOf(app: INestApplicationContext, controller: Type): Route[] {
  const base: string = Reflect.getMetadata(PATH_METADATA, controller);
  const { prototype } = controller;
  return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
    const handler = prototype[name];
    const method: RequestMethod | undefined = Reflect.getMetadata(METHOD_METADATA, handler);
    if (method === undefined) return [];
    const access = app.get(Reflector).getAllAndOverride<Caller>('access', [handler, controller]);
    const own: string = Reflect.getMetadata(PATH_METADATA, handler);
    return [{ method: RequestMethod[method], path: joined(base, own), access }];
  });
}

const joined = (...parts: string[]): string =>
  `/${parts
    .flatMap((part) => part.split('/'))
    .filter(Boolean)
    .join('/')}`;
