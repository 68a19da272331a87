import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import hbs from 'hbs';
import { packageRoot } from './package-root.js';
import { viewHelpers } from './view-helpers.js';

const VIEWS = join(packageRoot, 'views');

/** Pages are rendered by hbs within `layouts/main`; a partial says `layout: false`. */
export async function useViews(
  app: NestExpressApplication,
  asset: (name: string) => string,
): Promise<void> {
  const engine = hbs.create();
  for (const [name, helper] of Object.entries({ ...viewHelpers, asset }))
    engine.registerHelper(name, helper);
  app.engine('hbs', engine.__express);
  app.setViewEngine('hbs');
  app.setBaseViewsDir(VIEWS);
  app.set('view options', { layout: 'layouts/main' });
  await new Promise<void>((resolve) => engine.registerPartials(join(VIEWS, 'partials'), resolve));
}
