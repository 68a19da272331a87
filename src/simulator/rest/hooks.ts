import { type Answer, json, notFound, problem } from '../answer.js';
import type { SimApp } from '../apps/app.js';
import type { SimHook } from '../hooks/hook.js';
import type { SimOrganization } from '../organization.js';
import type { RestCall } from './call.js';
import { configBody, hookBody } from './hook-bodies.js';
import { deliveryPage } from './hook-deliveries.js';
import { readHook, refusedHook } from './hook-details.js';
import { hookRefusal } from './hook-rights.js';
import { organizationOf } from './organizations.js';
import { paged, presented } from './paging.js';

/** `GET /orgs/{org}/hooks` */
export function listHooks(call: RestCall): Answer {
  return withOrganization(call, 'read', (organization) =>
    paged(call.request, {
      items: call.world.hooks.of(organization),
      write: presented((hook) => hookBody(hook, call.request.base)),
      linkPath: `/organizations/${organization.id}/hooks`,
      resource: 'Hook',
      page: call.page,
    }),
  );
}

/** `POST /orgs/{org}/hooks`: one address has one hook. */
export function addHook(call: RestCall): Answer {
  return withOrganization(call, 'write', (organization) => {
    const { hooks } = call.world;
    const details = readHook(call.request.body);
    if (!details) return refusedHook('url', 'invalid', call.page);
    const isThere = hooks.of(organization).some(({ config }) => config.url === details.config.url);
    if (isThere) return refusedHook('', 'Hook already exists on this organization', call.page);
    const hook = hooks.add(organization, details);
    return { ...json(hookBody(hook, call.request.base)), status: 201 };
  });
}

/** `GET /orgs/{org}/hooks/{hook_id}` */
export function getHook(call: RestCall): Answer {
  return withHook(call, 'read', (hook) => json(hookBody(hook, call.request.base)));
}

/** `PATCH /orgs/{org}/hooks/{hook_id}`: a secret that is left out of a new config is removed. */
export function changeHook(call: RestCall): Answer {
  return withHook(call, 'write', (hook) => {
    const details = readHook(call.request.body, hook);
    if (!details) return refusedHook('url', 'invalid', call.page);
    Object.assign(hook, details, { updatedAt: call.world.clock.now() });
    return json(hookBody(hook, call.request.base));
  });
}

/** `DELETE /orgs/{org}/hooks/{hook_id}` */
export function removeHook(call: RestCall): Answer {
  return withHook(call, 'write', (hook, organization) => {
    call.world.hooks.remove(organization, hook);
    return { status: 204 };
  });
}

/** `POST /orgs/{org}/hooks/{hook_id}/pings` */
export function pingHook(call: RestCall): Answer {
  return withHook(call, 'write', (hook, organization) => {
    call.world.hooks.ping(hook, organization);
    return { status: 204 };
  });
}

/** `GET /orgs/{org}/hooks/{hook_id}/deliveries` */
export function listDeliveries(call: RestCall): Answer {
  return withHook(call, 'read', (hook, organization) =>
    deliveryPage(call, hook, `/organizations/${organization.id}/hooks/${hook.id}/deliveries`),
  );
}

/** `POST /orgs/{org}/hooks/{hook_id}/deliveries/{delivery_id}/attempts` */
export function redeliver(call: RestCall): Answer {
  return withHook(call, 'write', (hook) => sentAgain(call, hook, call.params[2]));
}

/** `GET /app/hook/config` */
export function getAppHookConfig({ world, page }: RestCall, app: SimApp): Answer {
  const hook = world.hooks.ofApp(app);
  return hook ? json(configBody(hook)) : notFound(page);
}

/** `GET /app/hook/deliveries` */
export function listAppDeliveries(call: RestCall, app: SimApp): Answer {
  const hook = call.world.hooks.ofApp(app);
  return hook ? deliveryPage(call, hook, '/app/hook/deliveries') : notFound(call.page);
}

/** `POST /app/hook/deliveries/{delivery_id}/attempts` */
export function redeliverForApp(call: RestCall, app: SimApp): Answer {
  const hook = call.world.hooks.ofApp(app);
  return hook ? sentAgain(call, hook, call.params[0]) : notFound(call.page);
}

function sentAgain({ world, page }: RestCall, hook: SimHook, id: string | undefined): Answer {
  const delivery = hook.shown(world.clock.now()).find((one) => one.id === Number(id));
  if (!delivery) return problem(404, 'Not Found', page);
  world.hooks.redeliver(hook, delivery);
  return { ...json({}), status: 202 };
}

type Level = 'read' | 'write';

function withOrganization(
  call: RestCall,
  level: Level,
  answer: (organization: SimOrganization) => Answer,
): Answer {
  const organization = organizationOf(call);
  if (!organization) return notFound(call.page);
  return hookRefusal(call, organization, level) ?? answer(organization);
}

function withHook(
  call: RestCall,
  level: Level,
  answer: (hook: SimHook, organization: SimOrganization) => Answer,
): Answer {
  return withOrganization(call, level, (organization) => {
    const hook = call.world.hooks.of(organization).find(({ id }) => id === Number(call.params[1]));
    return hook ? answer(hook, organization) : notFound(call.page);
  });
}
