import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Config } from '../../config/config.js';
import { CommandError } from './command-error.js';

/** Listens on the configured host and port, and returns the real address. @throws CommandError that names the variable */
export async function listen(
  app: NestExpressApplication,
  { host, port }: Pick<Config, 'host' | 'port'>,
): Promise<string> {
  await app.listen(port, host).catch((error: NodeJS.ErrnoException) => {
    throw refusal(error, host, port);
  });
  const { port: real } = app.getHttpServer().address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${real}`;
}

function refusal(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const { code } = error;
  if (code === 'EADDRINUSE')
    return new CommandError(
      `PORT ${port} is already in use on ${host}. Stop the other program, or set PORT to another port.`,
      { cause: error },
    );
  if (code === 'EACCES')
    return new CommandError(
      `PORT ${port} needs permissions that this user does not have. Set PORT to a port above 1023.`,
      { cause: error },
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return new CommandError(
      `HOST ${host} is not an address of this machine. Set HOST to one of its addresses, or to 0.0.0.0 for all.`,
      { cause: error },
    );
  return error;
}

/** Whether `listen` failed because the port is taken. */
export const isPortTaken = (error: unknown): boolean =>
  error instanceof CommandError && (error.cause as NodeJS.ErrnoException).code === 'EADDRINUSE';
