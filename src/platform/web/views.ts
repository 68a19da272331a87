import type { NestExpressApplication } from '@nestjs/platform-express';
import hbs from 'hbs';
import type { Assets } from './assets.js';
import { inPackage } from './package-root.js';
import { viewHelpers } from './view-helpers.js';

/** Renders `views/` with handlebars, in the layout `layouts/main` unless a view's locals say `layout: false`. */
export function useViews(app: NestExpressApplication, assets: Assets): void {
  const engine = hbs.create();
  const { handlebars } = engine;
  const asset = (name: string) => new handlebars.SafeString(assets.address(name));
  const helpers = { ...viewHelpers, asset };
  for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, helper);
  // Said in advance: what a name in a view means is otherwise looked for each time, and every line of a partial indented.
  const knownHelpers = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
  const options = { knownHelpers, knownHelpersOnly: true, preventIndent: true };
  const { compile } = handlebars;
  handlebars.compile = (source) => compile(source, options);
  // Renders wait until the partials are read.
  engine.registerPartials(inPackage('views/partials'));
  app.engine('hbs', engine.__express);
  app.setViewEngine('hbs');
  app.setBaseViewsDir(inPackage('views'));
  app.set('view options', { layout: 'layouts/main' });
  // Whatever NODE_ENV says: partials are read once in any case.
  app.enable('view cache');
}
