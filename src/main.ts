import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { visitors } from './accounts/identity/visitors.js';
import { FirstAdministrator } from './accounts/users/first-administrator.js';
import { setUpSwagger } from './api/swagger.js';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import type { LogConfig } from './config/observability-config.js';
import type { StartDemo } from './github/demo/demo-github.js';
import { deliveryRoutes } from './integrations/webhooks/delivery-routes.js';
import { serverLog } from './platform/observability/logs/server-log.js';
import { listen } from './platform/process/listen.js';
import { print, printError } from './platform/process/output.js';
import { closeOnSignal } from './platform/process/signals.js';
import { configureWeb } from './platform/web/configure-web.js';
import { refuseOwnRoutes } from './platform/web/public-path.js';

const startOptions = async (config: Config, level?: LogConfig['level']) => ({
  logger: await serverLog(config, level),
  abortOnError: false,
});

/**
 * Runs the process of the configured role, until a signal ends it.
 * @param startDemo starts the simulated GitHub, for servers that offer the demo organization
 * @throws Error that says why it cannot start
 */
export async function serve(config: Config, startDemo?: StartDemo): Promise<void> {
  if (config.role === 'worker') await startWorker(config);
  else await print(`Rollcall is ready on ${await startWeb(config, { startDemo })}\n`);
}

async function startWorker(config: Config): Promise<void> {
  const app = await NestFactory.createApplicationContext(
    AppModule.forServer(config),
    await startOptions(config),
  );
  closeOnSignal(app);
  await print("Rollcall's worker is ready\n");
}

interface WebOptions {
  /** Instead of LOG_LEVEL. */
  level?: LogConfig['level'];
  startDemo?: StartDemo;
}

/** Starts the web server and, depending on the role, a worker. Returns the server's address. */
export async function startWeb(
  config: Config,
  { level, startDemo }: WebOptions = {},
): Promise<string> {
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.forServer(config, startDemo),
    await startOptions(config, level),
  );
  try {
    configureWeb(app, config, visitors(app), deliveryRoutes(app));
    setUpSwagger(app);
    await app.init();
    refuseOwnRoutes(app, config.publicPath);
    const address = await listen(app, config);
    config.publicUrl ??= address;
    // After listening: a process that cannot listen would keep the password that it has shown.
    await tellFirstAdministrator(app);
    closeOnSignal(app);
    return address;
  } catch (error) {
    await app.close();
    throw error;
  }
}

async function tellFirstAdministrator(app: INestApplicationContext): Promise<void> {
  const made = await app.get(FirstAdministrator).ensure();
  if (made?.generated)
    printError(`Sign in as ${made.email} with the password ${made.password} (shown this once).`);
}
