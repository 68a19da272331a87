import { type Service, startService } from './service.js';

/** The environment of another process on the same database, Redis and GitHub. */
export function environmentBeside({ config }: Service): NodeJS.ProcessEnv {
  const { database, redis, github } = config;
  const url = database.type === 'sqlite' ? `sqlite:${database.path}` : database.url;
  return { DATABASE_URL: url, REDIS_URL: redis?.url, GITHUB_API_URL: github.apiUrl };
}

/** Such a process, as a restart makes one. */
export const beside = (service: Service): Promise<Service> =>
  startService({ env: environmentBeside(service) });
