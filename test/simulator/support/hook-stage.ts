import type { SimHook } from '../../../src/simulator/hooks/hook.js';
import { HookReceiver, SECRET } from './hook-receiver.js';
import { Stage } from './stage.js';

export const HOOK_OWNER = 'hook-owner-token';

const EVENTS = ['organization', 'membership', 'team', 'member'];

/** The stage with a token that may manage webhooks, and a server that takes their deliveries. */
export class HookStage {
  private constructor(
    readonly stage: Stage,
    readonly receiver: HookReceiver,
  ) {}

  static async set(): Promise<HookStage> {
    const [stage, receiver] = [await Stage.set(), await HookReceiver.start()];
    const scopes = ['read:org', 'admin:org_hook'];
    stage.world.addToken({ token: HOOK_OWNER, user: stage.owner, scopes });
    return new HookStage(stage, receiver);
  }

  get hook(): SimHook {
    const [hook] = this.stage.world.hooks.of(this.stage.organization);
    if (!hook) throw new Error('No hook was made');
    return hook;
  }

  /** With a body, as GitHub's client sends it. */
  send(
    method: string,
    path: string,
    { token = HOOK_OWNER, body }: { token?: string; body?: object } = {},
  ): Promise<Response> {
    return fetch(`${this.stage.simulator.url}/orgs/acme/hooks${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  }

  make(config: object = {}, more: object = {}): Promise<Response> {
    const { url } = this.receiver;
    const whole = { url, content_type: 'json', secret: SECRET, ...config };
    return this.send('POST', '', {
      body: { name: 'web', active: true, events: EVENTS, config: whole, ...more },
    });
  }

  /** A hook that was pinged already, and nothing received since. */
  async quiet(config: object = {}): Promise<void> {
    await this.make(config);
    await this.idle();
    this.receiver.received.length = 0;
  }

  idle(): Promise<void> {
    return this.stage.simulator.hooks.idle();
  }
}
