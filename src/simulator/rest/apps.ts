import { userRefusal } from '../access.js';
import { type Answer, json, notFound, problem } from '../answer.js';
import type { SimApp, SimInstallation } from '../apps/app.js';
import { undecodable } from '../apps/jwt.js';
import { jsonObject } from '../exchange.js';
import { appBody, installationBody, installationTokenBody } from './app-bodies.js';
import type { Handler, RestCall } from './call.js';
import { organizationOf } from './organizations.js';
import { paged, presented } from './paging.js';

export type AppHandler = (call: RestCall, app: SimApp) => Answer;

/** For routes that only a JWT opens. */
export function asApp(handler: AppHandler): Handler {
  return (call) => (call.caller.app ? handler(call, call.caller.app) : undecodable().refusal);
}

/** `GET /app` */
export function getApp({ request: { base } }: RestCall, app: SimApp): Answer {
  return json(appBody(app, base));
}

/** `GET /app/installations` */
export function listInstallations({ request, page }: RestCall, app: SimApp): Answer {
  return paged(request, {
    items: [...app.installations.values()],
    write: presented((installation) => installationBody(installation, request.base)),
    linkPath: request.pathname,
    resource: 'Installation',
    page,
  });
}

/** `GET /app/installations/{installation_id}` */
export function getInstallation(call: RestCall, app: SimApp): Answer {
  return shown(call, installationOf(call, app));
}

/** `GET /orgs/{org}/installation` */
export function getOrganizationInstallation(call: RestCall, app: SimApp): Answer {
  const organization = organizationOf(call);
  return shown(call, organization && app.installationOn(organization));
}

/** `POST /app/installations/{installation_id}/access_tokens` */
export function createInstallationToken(call: RestCall, app: SimApp): Answer {
  const { page, world, request } = call;
  const installation = installationOf(call, app);
  if (!installation) return notFound(page);
  if (installation.suspended) return problem(403, 'This installation has been suspended', page);
  const permissions = wished(request.body) ?? installation.permissions;
  if (!isWithin(permissions, installation.permissions)) {
    return problem(422, 'The permissions requested are not granted to this installation.', page);
  }
  const reads = 'members' in permissions;
  const { token, expiresAt } = world.tokens.addInstallationToken(installation, reads);
  return { ...json(installationTokenBody(token, expiresAt, permissions)), status: 201 };
}

/** `GET /user/installations`: those of the token's App where the user is a member, or a collaborator on a repository. */
export function listOwnInstallations(call: RestCall): Answer {
  const { caller, page, request } = call;
  const refusal = userRefusal(caller, page);
  if (refusal) return refusal;
  const { app } = caller.token ?? {};
  if (!app) {
    const need =
      'You must authenticate with an access token authorized to a GitHub App in order to list installations';
    return problem(403, need, page);
  }
  const items = [...app.installations.values()].filter(({ organization }) =>
    organization.isOpenTo(caller.user),
  );
  return paged(request, {
    items,
    write: presented(
      (one) => installationBody(one, request.base),
      (installations) => ({
        total_count: items.length,
        installations,
      }),
    ),
    linkPath: request.pathname,
    resource: 'Installation',
    page,
  });
}

function shown({ request, page }: RestCall, installation: SimInstallation | undefined): Answer {
  return installation ? json(installationBody(installation, request.base)) : notFound(page);
}

function installationOf({ world, params }: RestCall, app: SimApp): SimInstallation | undefined {
  const found = world.apps.installation(Number(params[0]));
  return found?.app === app ? found : undefined;
}

type Asked = Readonly<Record<string, unknown>>;

/** The permissions that a body asks for; none where it has none. */
function wished(body: string): Asked | undefined {
  const { permissions } = (jsonObject(body) ?? {}) as { permissions?: Asked };
  return permissions;
}

function isWithin(asked: Asked, granted: Asked): boolean {
  return Object.entries(asked).every(
    ([name, level]) => granted[name] === level || (granted[name] === 'write' && level === 'read'),
  );
}
