import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '../../config/config.js';
import { serveAssets } from './assets.js';
import { securityHeaders } from './security-headers.js';
import { validation } from './validation.js';
import { useViews } from './views.js';

/** What every request passes through, and what pages are made with; to be called before the application listens. */
export async function configureWeb(
  app: NestExpressApplication,
  { publicUrl }: Config,
): Promise<void> {
  const https = publicUrl?.startsWith('https:') ?? false;
  if (https) app.set('trust proxy', 1);
  app.disable('x-powered-by');
  app.use(securityHeaders({ https }));
  app.useBodyParser('json', { limit: '100kb' });
  app.useBodyParser('urlencoded', { limit: '100kb', extended: false });
  app.useGlobalPipes(validation());
  const { address } = serveAssets(app);
  await useViews(app, address);
}
