import { Controller, Get, Post, Redirect, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Identity } from '../accounts/identity.js';
import { CurrentIdentity } from '../accounts/identity.js';
import { DEMO_API_URL, DemoGithub } from '../github/demo/demo-github.js';
import { Access } from '../platform/web/access.decorator.js';
import { showConnected } from './connected-page.js';
import { Connections } from './connections.js';
import { TypedAnswers } from './typed-answers.js';

/** Connects the demo organization, whose people are simulated: no token, no network. */
@Access('admin')
@Controller('onboarding/demo')
export class DemoController {
  constructor(
    private readonly demo: DemoGithub,
    private readonly connections: Connections,
    private readonly typed: TypedAnswers,
  ) {}

  /** For a reload of the error page. */
  @Get()
  @Redirect('/onboarding')
  restart() {}

  @Post()
  async connect(
    @CurrentIdentity() identity: Identity,
    @Req() request: Request,
    @Res() response: Response,
  ) {
    const { organization, token } = await this.demo.running();
    const { teamId } = identity;
    const offered = { teamId, organization, token, apiUrl: DEMO_API_URL };
    const connected = await this.connections.open(identity, offered);
    this.typed.forget(response);
    await showConnected(request, response, connected);
  }
}
