import { randomUUID } from 'node:crypto';
import type { SimApp, SimInstallation } from '../apps/app.js';
import type { Clock } from '../clock.js';
import type { SimOrganization } from '../organization.js';
import type { OrganizationChange } from '../organization-change.js';
import type { TeamChange } from '../team-change.js';
import type { SimUser } from '../user.js';
import { type Delivery, type HookConfig, type HookDetails, SimHook } from './hook.js';
import {
  installationPayload,
  ofOrganization,
  organizationPayload,
  type Payload,
  pingPayload,
  revocationPayload,
  teamPayload,
  viaInstallation,
} from './payloads.js';

/** An event on its way to one hook. */
export interface Emission
  extends Pick<Delivery, 'guid' | 'event' | 'action' | 'installationId' | 'payload'> {
  readonly hook: SimHook;
  readonly redelivery: boolean;
}

export type InstallationAction = 'deleted' | 'suspend' | 'unsuspend' | 'new_permissions_accepted';

const FIRST_HOOK = 400_000_001;

const ORGANIZATION_EVENTS = ['organization', 'membership', 'team', 'member'] as const;

/** The webhooks of organizations and of Apps. What happens while nobody has one costs nothing. */
export class Hooks {
  /** Set by the simulator that serves the world. Without one, nothing is sent. */
  send: (emission: Emission) => void = () => {};
  private readonly organizations = new Map<number, SimHook[]>();
  private readonly apps = new Map<SimApp, SimHook>();
  private nextHook = FIRST_HOOK;

  constructor(private readonly clock: Clock) {}

  of(organization: SimOrganization): readonly SimHook[] {
    return this.organizations.get(organization.id) ?? [];
  }

  ofApp(app: SimApp): SimHook | undefined {
    return this.apps.get(app);
  }

  /** GitHub pings a new hook at once. */
  add(organization: SimOrganization, details: HookDetails): SimHook {
    const hook = this.make('organization', organization.id, details);
    this.organizations.set(organization.id, [...this.of(organization), hook]);
    this.ping(hook, organization);
    return hook;
  }

  remove(organization: SimOrganization, hook: SimHook): void {
    const left = this.of(organization).filter((one) => one !== hook);
    this.organizations.set(organization.id, left);
  }

  /** For a deleted organization. */
  forget(organization: SimOrganization): void {
    this.organizations.delete(organization.id);
  }

  /** An App has one address for all its installations. */
  setForApp(
    app: SimApp,
    config: Omit<HookConfig, 'contentType'>,
    events: readonly string[] = ORGANIZATION_EVENTS,
  ): SimHook {
    const details = { config: { contentType: 'json', ...config }, events, active: true } as const;
    const hook = this.make('integration', app.id, details);
    this.apps.set(app, hook);
    return hook;
  }

  ping(hook: SimHook, organization: SimOrganization): void {
    this.tell(hook, 'ping', ofOrganization(organization, pingPayload(hook)));
  }

  /** Tells any event of an organization, as the world cannot tell by itself: `emit(acme, 'team', { action, team })`. */
  emit(organization: SimOrganization, event: string, payload: Payload): void {
    const hooks = this.of(organization).filter((hook) => hook.wants(event));
    const apps = this.installedApps(organization).filter(({ hook }) => hook.wants(event));
    if (hooks.length + apps.length === 0) return;
    const told = ofOrganization(organization, payload);
    for (const hook of hooks) this.tell(hook, event, told);
    for (const { hook, installation } of apps) {
      this.tell(hook, event, { ...told, ...viaInstallation(installation) }, installation.id);
    }
  }

  changed(organization: SimOrganization, change: OrganizationChange): void {
    if (this.organizations.size + this.apps.size === 0) return;
    this.emit(organization, 'organization', organizationPayload(organization, change));
  }

  teamChanged(organization: SimOrganization, change: TeamChange): void {
    if (this.organizations.size + this.apps.size === 0) return;
    const { event, payload } = teamPayload(organization, change);
    this.emit(organization, event, payload);
  }

  installationChanged(installation: SimInstallation, action: InstallationAction): void {
    const hook = this.apps.get(installation.app);
    if (!hook?.wants('installation')) return;
    this.tell(hook, 'installation', installationPayload(installation, action), installation.id);
  }

  revoked(app: SimApp, user: SimUser): void {
    const hook = this.apps.get(app);
    if (hook) this.tell(hook, 'github_app_authorization', revocationPayload(user));
  }

  redeliver(hook: SimHook, delivery: Delivery): void {
    const { guid, event, action, installationId, payload } = delivery;
    this.send({ hook, guid, event, action, installationId, payload, redelivery: true });
  }

  private make(type: 'organization' | 'integration', id: number, details: HookDetails): SimHook {
    return new SimHook(this.nextHook++, { type, id }, details, this.clock.now());
  }

  private installedApps(organization: SimOrganization) {
    return [...this.apps].flatMap(([app, hook]) => {
      const installation = app.installationOn(organization);
      return installation && !installation.suspended ? [{ hook, installation }] : [];
    });
  }

  private tell(
    hook: SimHook,
    event: string,
    payload: Payload,
    installationId: number | null = null,
  ): void {
    this.send({
      hook,
      guid: randomUUID(),
      event,
      action: payload.action ?? null,
      installationId,
      payload: JSON.stringify(payload),
      redelivery: false,
    });
  }
}
