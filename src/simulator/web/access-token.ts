import type { Answer } from '../answer.js';
import type { OAuthClient } from '../apps/app.js';
import { jsonObject, type SimRequest } from '../exchange.js';
import type { World } from '../world.js';
import { type Grants, isProven } from './grants.js';
import { oauthError } from './oauth-errors.js';

type Body = Record<string, string | number>;

/** `POST /login/oauth/access_token`: errors have status 200, too, and nothing is JSON unless it is asked for. */
export function accessToken(request: SimRequest, world: World, grants: Grants): Answer {
  const fields = fieldsOf(request);
  const client = world.apps.client(fields.get('client_id') ?? '');
  const known = client?.clientSecret === fields.get('client_secret') ? client : undefined;
  const body = known
    ? exchanged(fields, known, grants)
    : oauthError('incorrect_client_credentials');
  return written(body, request.headers.accept ?? '');
}

function exchanged(fields: URLSearchParams, client: OAuthClient, grants: Grants): Body {
  const type = fields.get('grant_type') ?? 'authorization_code';
  if (type === 'refresh_token') {
    const refreshed = grants.refresh(fields.get('refresh_token') ?? '', client);
    return refreshed ?? oauthError('bad_refresh_token');
  }
  if (type !== 'authorization_code') return oauthError('unsupported_grant_type');
  const grant = grants.redeem(fields.get('code') ?? '', client);
  if (!grant || !isProven(grant, fields.get('code_verifier'))) {
    return oauthError('bad_verification_code');
  }
  const redirectUri = fields.get('redirect_uri') ?? grant.redirectUri;
  if (redirectUri !== grant.redirectUri) return oauthError('redirect_uri_mismatch');
  return grants.issue(grant);
}

/** From the query, and from a body that is JSON or a form. */
function fieldsOf({ query, body, headers }: SimRequest): URLSearchParams {
  const isJson = headers['content-type']?.includes('json');
  const sent = isJson ? Object.entries(jsonObject(body) ?? {}) : [...new URLSearchParams(body)];
  const fields = new URLSearchParams(query);
  for (const [name, value] of sent) fields.set(name, String(value));
  return fields;
}

function written(body: Body, accept: string): Answer {
  if (accept.includes('json')) return { status: 200, body: JSON.stringify(body) };
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) fields.set(name, String(value));
  return {
    status: 200,
    body: String(fields),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
  };
}
