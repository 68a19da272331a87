import { sign } from 'node:crypto';
import type { SimApp, SimInstallation } from '../../../src/simulator/apps/app.js';
import { type AppKeys, makeAppKeys } from '../../../src/simulator/apps/keys.js';
import type { SimulatorOptions } from '../../../src/simulator/simulator.js';
import { Stage } from './stage.js';

/** Made once: it takes a while. */
let keys: AppKeys | undefined;

/** The stage with a GitHub App that `acme` has installed. */
export class AppStage {
  private constructor(
    readonly stage: Stage,
    readonly app: SimApp,
    readonly installation: SimInstallation,
  ) {}

  static async set(members = 5, options: SimulatorOptions = {}): Promise<AppStage> {
    const stage = await Stage.set(members, options);
    keys ??= makeAppKeys();
    const app = stage.world.addApp({
      id: 4_711,
      slug: 'rollcall',
      clientId: 'Iv23client',
      clientSecret: 'app-secret',
      callbackUrls: ['http://127.0.0.1/auth/callback'],
      publicKey: keys.publicKey,
    });
    return new AppStage(stage, app, stage.world.installApp(app, stage.organization));
  }

  get privateKey(): string {
    return keys?.privateKey ?? '';
  }

  /** A JWT of the App, valid unless the claims or the header say otherwise. */
  jwt(claims: object = {}, header: object = {}, key = this.privateKey): string {
    const now = this.stage.world.clock.nowInSeconds();
    const parts = [
      { alg: 'RS256', typ: 'JWT', ...header },
      { iat: now - 30, exp: now + 500, iss: this.app.id, ...claims },
    ];
    const signed = parts
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
  }

  createToken(body?: object, jwt = this.jwt()): Promise<Response> {
    const path = `/app/installations/${this.installation.id}/access_tokens`;
    return this.stage.post(body ? JSON.stringify(body) : '', jwt, path);
  }

  /** A new installation token. */
  async token(): Promise<string> {
    return ((await (await this.createToken()).json()) as { token: string }).token;
  }
}
