import {
  Body,
  Controller,
  Get,
  Post,
  Query,
  Redirect,
  Render,
  Req,
  Res,
  UseFilters,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../accounts/identity.js';
import { CurrentIdentity } from '../accounts/identity.js';
import { saveSession } from '../accounts/sessions/sessions.js';
import type { Connected } from '../integrations/connecting/store-integration.js';
import { Access } from '../platform/web/access.decorator.js';
import { leaveNotice, takeNotice } from '../platform/web/flash.js';
import { formText } from '../platform/web/form-text.js';
import { IdPipe } from '../platform/web/id.pipe.js';
import { shownError } from '../platform/web/shown-error.js';
import { pageAfter, showConnected } from './connected-page.js';
import { OnboardingService } from './onboarding.service.js';
import { organizationChoice } from './organization-choice.js';
import { SessionEndedFilter } from './session-ended.filter.js';
import { fromForm, type Typed, TypedAnswers } from './typed-answers.js';
import type { WaitingToken } from './waiting-tokens.js';
import { WaitingTokens } from './waiting-tokens.js';

/** The steps to connect GitHub: a token, an organization, and then the members page. */
@Access('admin')
@UseFilters(SessionEndedFilter)
@Controller('onboarding')
export class OnboardingController {
  constructor(
    private readonly onboarding: OnboardingService,
    private readonly tokens: WaitingTokens,
    private readonly typed: TypedAnswers,
  ) {}

  @Get()
  @Render('onboarding/token')
  async start(
    @CurrentIdentity() identity: Identity,
    @Query('replace') replace: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ) {
    const waiting = this.tokens.find(request);
    const replaced =
      replace === undefined
        ? undefined
        : await this.onboarding.replaced(identity, new IdPipe().transform(replace));
    // The cookie keeps the form's user, in case the session ends before the form is sent.
    const { apiUrl } = this.typed.keep(request, response, { ...replaced });
    return {
      ...this.onboarding.start,
      ...(replaced && { title: `Replace the credential of ${replaced.organization}` }),
      apiUrl,
      waits: waiting !== null,
      isUnchecked: waiting?.isUnchecked,
      notice: takeNotice(request),
    };
  }

  /** For a reload of the page that shows a token's error. */
  @Get('token')
  @Redirect('/onboarding')
  restart() {}

  @Post('token')
  async acceptToken(@Body() form: unknown, @Req() request: Request, @Res() response: Response) {
    const { apiUrl } = this.typed.keep(request, response, { apiUrl: fromForm(form).apiUrl });
    const token = formText(form, 'token') || this.unchecked(request);
    const waiting: WaitingToken = { token, kind: 'token', ...(apiUrl && { apiUrl }) };
    try {
      await this.onboarding.choices(waiting);
    } catch (error) {
      return this.refuse(request, response, waiting, error);
    }
    await this.tokens.keep(request, waiting);
    response.redirect(303, '/onboarding/organizations');
  }

  @Get('organizations')
  async choose(@Req() request: Request, @Res() response: Response) {
    const waiting = this.tokens.find(request);
    if (!waiting) return this.begin(request, response);
    if (!waiting.isUnchecked) return this.showChoice(request, response, waiting);
    try {
      await this.onboarding.choices(waiting);
    } catch (error) {
      return this.refuse(request, response, waiting, error);
    }
    await this.tokens.keep(request, { ...waiting, isUnchecked: false });
    await this.showChoice(request, response, waiting);
  }

  @Post('organizations')
  async connect(
    @Body() form: unknown,
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { organization, publicOnly } = fromForm(form);
    const typed = this.typed.keep(request, response, { organization, publicOnly });
    const waiting = this.tokens.find(request);
    if (!waiting) {
      const page = pageAfter(request, organization);
      return page ? response.redirect(303, page) : this.begin(request, response);
    }
    try {
      const connected = await this.onboarding.connect(identity, waiting, typed);
      this.tokens.forget(request);
      this.typed.forget(response);
      await showConnected(request, response, connected, replacement(connected, waiting));
    } catch (error) {
      await this.showChoice(request, response, waiting, { typed, error });
    }
  }

  /** Somebody who only corrects the API address need not paste the unchecked token again. */
  private unchecked(request: Request): string {
    const waiting = this.tokens.find(request);
    return waiting?.kind === 'token' && waiting.isUnchecked ? waiting.token : '';
  }

  /** A token that GitHub could not check also waits, so that nobody has to paste it again. */
  private async refuse(
    request: Request,
    response: Response,
    waiting: WaitingToken,
    error: unknown,
  ) {
    const { status, ...told } = shownError(error);
    const waits = status >= 500;
    if (waits) await this.tokens.keep(request, { ...waiting, isUnchecked: true });
    else if (waiting.isUnchecked) this.tokens.forget(request);
    const { apiUrl = '' } = waiting;
    const view = { ...this.onboarding.start, ...told, apiUrl, isUnchecked: waits, waits };
    response.status(status).render('onboarding/token', view);
  }

  private async begin(request: Request, response: Response) {
    leaveNotice(
      request,
      'Enter a token first. A token is kept for one hour only. Your other input was kept.',
    );
    await saveSession(request);
    response.redirect(303, '/onboarding');
  }

  /** The list of organizations is optional: without it, people can type the name. */
  private async showChoice(
    request: Request,
    response: Response,
    waiting: WaitingToken,
    { typed = this.typed.read(request), error }: { typed?: Typed; error?: unknown } = {},
  ) {
    const told = error === undefined ? undefined : shownError(error);
    const choices = await this.onboarding.choices(waiting).catch(shownError);
    const { status, ...view } = { status: 200, logins: [], ...choices, ...told };
    response.status(status).render('onboarding/organizations', {
      title: 'Choose the organization',
      isApp: waiting.kind === 'app-user',
      ...view,
      ...organizationChoice(view.logins, typed, error),
    });
  }
}

function replacement({ replaced }: Connected, { kind }: WaitingToken): string {
  if (!replaced) return '';
  const [successor, former] = kind === 'app-user' ? ['GitHub App', 'credential'] : ['token', 'one'];
  return ` The ${successor} replaced the ${former} used before. Members and runs were kept.`;
}
