import { Body, Controller, Get, Post, Redirect, Render, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import type { Identity } from '../accounts/identity.js';
import { AdminOnly, CurrentIdentity } from '../accounts/identity.js';
import { saveSession } from '../accounts/sessions.js';
import { GithubFailure } from '../github/github-failure.js';
import type { Connected } from '../integrations/store-integration.js';
import { formText } from '../platform/web/form-text.js';
import { type Told, tell } from '../platform/web/told.js';
import { leaveNotice, takeNotice } from './notice.js';
import { OnboardingService } from './onboarding.service.js';
import type { WaitingToken } from './waiting-tokens.service.js';
import { WaitingTokens } from './waiting-tokens.service.js';

declare module 'express-session' {
  interface SessionData {
    /** The organization that this session connected last. */
    connected?: { organization: string; page: string };
  }
}

/** The way to connect GitHub: a token, an organization, and then the members page. */
@AdminOnly()
@ApiExcludeController()
@Controller('onboarding')
export class OnboardingController {
  constructor(
    private readonly onboarding: OnboardingService,
    private readonly tokens: WaitingTokens,
  ) {}

  @Get()
  @Render('onboarding/token')
  start(@Req() request: Request) {
    return { ...this.onboarding.start, notice: takeNotice(request) };
  }

  /** For whoever reloads the page that told what is wrong with a token. */
  @Get('token')
  @Redirect('/onboarding')
  restart() {}

  @Post('token')
  async acceptToken(@Body() form: unknown, @Req() request: Request, @Res() response: Response) {
    const apiUrl = formText(form, 'apiUrl');
    const token = formText(form, 'token');
    const waiting: WaitingToken = { token, kind: 'token', ...(apiUrl && { apiUrl }) };
    try {
      await this.onboarding.choices(waiting);
    } catch (error) {
      const { status, ...told } = tell(error);
      const view = { ...this.onboarding.start, ...told, apiUrl };
      return response.status(status).render('onboarding/token', view);
    }
    await this.tokens.keep(request, waiting);
    response.redirect(303, '/onboarding/organizations');
  }

  @Get('organizations')
  async choose(@Req() request: Request, @Res() response: Response) {
    const waiting = this.tokens.find(request);
    if (!waiting) return response.redirect(303, '/onboarding');
    await this.showChoice(response, waiting);
  }

  @Post('organizations')
  async connect(
    @Body() form: unknown,
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const organization = formText(form, 'organization');
    const waiting = this.tokens.find(request);
    if (!waiting) return response.redirect(303, pageAfter(request, organization));
    try {
      const publicOnly = formText(form, 'publicOnly') === 'yes';
      const choice = { organization, publicOnly };
      const connected = await this.onboarding.connect(identity, waiting, choice);
      await this.finish(request, response, connected, waiting);
    } catch (error) {
      const offersPublicOnly = seesPublicOnly(error);
      await this.showChoice(response, waiting, { ...tell(error), organization, offersPublicOnly });
    }
  }

  private async finish(
    request: Request,
    response: Response,
    connected: Connected,
    { kind }: WaitingToken,
  ) {
    const { id, organizationLogin: organization } = connected.integration;
    const page = `/integrations/github/${id}/members`;
    this.tokens.forget(request);
    request.session.connected = { organization, page };
    leaveNotice(request, noticeOf(connected, kind));
    await saveSession(request);
    response.redirect(303, page);
  }

  /** The list of organizations is a convenience: where GitHub does not give it, the name can still be typed. */
  private async showChoice(
    response: Response,
    waiting: WaitingToken,
    told?: Told & { organization: string; offersPublicOnly: boolean },
  ) {
    const choices = await this.onboarding.choices(waiting).catch(tell);
    const { status, ...view } = { status: 200, ...choices, ...told };
    response.status(status).render('onboarding/organizations', {
      title: 'Choose the organization',
      isApp: waiting.kind === 'app-user',
      ...view,
    });
  }
}

/** Where the second of two clicks leads, once the first has connected the organization. */
function pageAfter({ session: { connected } }: Request, organization: string): string {
  const same = connected?.organization.toLowerCase() === organization.toLowerCase();
  return connected && same ? connected.page : '/onboarding';
}

/** Whether GitHub would show the token's owner public members only, which may be what somebody wants. */
const seesPublicOnly = (error: unknown): boolean =>
  error instanceof GithubFailure && error.code === 'visibility_reduced';

function noticeOf({ integration, replaced }: Connected, kind: WaitingToken['kind']): string {
  const connected = `Connected to ${integration.organizationLogin}. Members syncing in background.`;
  const successor = kind === 'app-user' ? 'GitHub App' : 'token';
  return replaced
    ? `${connected} The ${successor} replaced the ${kind === 'app-user' ? 'credential' : 'one'} from before; members and runs were kept.`
    : connected;
}
