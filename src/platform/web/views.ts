import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import hbs from 'hbs';
import type { Assets } from './assets.js';
import { inPackage, packageVersion } from './package-root.js';
import { renderedOnce } from './rendered-once.js';
import { viewHelpers } from './view-helpers.js';

/**
 * Renders `views/` with handlebars, in the layout `layouts/main` unless a view's locals say `layout: false`. Each page
 * has a folder. A file whose name begins with `_` is a partial: `views/runs/_row.hbs` is `{{> runs/_row}}`.
 * @param base the path of `PUBLIC_URL`; each of Rollcall's URLs in a view begins with `{{base}}`
 */
export function useViews(app: NestExpressApplication, assets: Assets, base: string): void {
  const engine = hbs.create();
  const { handlebars } = engine;
  const asset = (name: string) => new handlebars.SafeString(base + assets.address(name));
  const helpers = { ...viewHelpers, asset, once: renderedOnce() };
  for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, helper);
  // For speed: otherwise Handlebars looks up each name in a view at run time, and indents every line of a partial.
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  const options = { knownHelpers, knownHelpersOnly: true, preventIndent: true };
  const { compile } = handlebars;
  // Inserted before a view is compiled, so that it takes no time at rendering.
  handlebars.compile = (source: string) => compile(source.replaceAll('{{base}}', base), options);
  const views = inPackage('views');
  for (const [name, source] of partialsIn(views)) engine.registerPartial(name, source);
  app.engine('hbs', engine.__express);
  app.setViewEngine('hbs');
  app.setBaseViewsDir(views);
  app.set('view options', { layout: 'layouts/main' });
  app.getHttpAdapter().getInstance().locals.version = packageVersion();
  // For every NODE_ENV, because partials are always read once.
  app.enable('view cache');
}

/** Each partial's name and source. */
const partialsIn = (views: string): [string, string][] =>
  readdirSync(views, { recursive: true, encoding: 'utf8' })
    .filter((file) => /^_.*\.hbs$/.test(basename(file)))
    .map((file) => [file.replace(/\.hbs$/, ''), readFileSync(join(views, file), 'utf8')]);
