import type { Answer } from '../answer.js';
import type { OAuthClient } from '../apps/app.js';
import type { SimRequest } from '../exchange.js';
import type { World } from '../world.js';
import type { Grants } from './grants.js';
import { type OAuthError, oauthError } from './oauth-errors.js';
import { redirectUri } from './redirect-uri.js';

/**
 * `GET /login/oauth/authorize`: the page that asks whether somebody agrees. Here whoever is signed in has answered it
 * already, as the world says.
 */
export function authorize({ query }: SimRequest, world: World, grants: Grants): Answer {
  const client = world.apps.client(query.get('client_id') ?? '');
  if (!client) return page(404, 'Page not found');
  const back = redirectUri(client, query.get('redirect_uri'));
  if (back === undefined) return refuse(client.callbackUrls[0], 'redirect_uri_mismatch', query);
  if (!world.signedIn) return redirect('/login', { return_to: '/login/oauth/authorize' }, query);
  if (world.declines) return refuse(back, 'access_denied', query);
  const challenge = query.get('code_challenge') ?? undefined;
  if (challenge !== undefined && query.get('code_challenge_method') !== 'S256') {
    return refuse(back, 'invalid_request', query);
  }
  const scopes = scopesOf(client, query.get('scope') ?? '');
  const code = grants.code({ client, user: world.signedIn, scopes, redirectUri: back, challenge });
  return redirect(back, { code }, query);
}

/** A GitHub App's rights are its permissions, whatever scopes are asked for. */
function scopesOf({ kind }: OAuthClient, asked: string): string[] {
  if (kind === 'github-app') return [];
  return [...new Set(asked.split(/[\s,]+/).filter((scope) => scope !== ''))];
}

function refuse(back: string | undefined, error: OAuthError, query: URLSearchParams): Answer {
  return back === undefined
    ? page(404, 'Page not found')
    : redirect(back, oauthError(error, 'authorization'), query);
}

function redirect(to: string, more: Record<string, string>, query: URLSearchParams): Answer {
  const added = new URLSearchParams(more);
  const state = query.get('state');
  if (state !== null) added.set('state', state);
  const location = `${to}${to.includes('?') ? '&' : '?'}${added}`;
  return { status: 302, headers: { location, 'content-type': 'text/html; charset=utf-8' } };
}

function page(status: number, title: string): Answer {
  const body = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body>${title}</body></html>\n`;
  return { status, body, headers: { 'content-type': 'text/html; charset=utf-8' } };
}
