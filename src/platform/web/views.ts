import type { NestExpressApplication } from '@nestjs/platform-express';
import hbs from 'hbs';
import type { Assets } from './assets.js';
import { inPackage } from './package-root.js';
import { viewHelpers } from './view-helpers.js';

/** Renders `views/` with handlebars, in the layout `layouts/main` unless a view's locals say `layout: false`. */
export function useViews(app: NestExpressApplication, assets: Assets): void {
  const engine = hbs.create();
  const asset = (name: string) => new hbs.handlebars.SafeString(assets.address(name));
  const helpers = { ...viewHelpers, asset };
  for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, helper);
  // Renders wait until the partials are read.
  engine.registerPartials(inPackage('views/partials'));
  app.engine('hbs', engine.__express);
  app.setViewEngine('hbs');
  app.setBaseViewsDir(inPackage('views'));
  app.set('view options', { layout: 'layouts/main' });
  // Whatever NODE_ENV says: partials are read once in any case.
  app.enable('view cache');
}
