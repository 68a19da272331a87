import { Controller, HttpCode, HttpStatus, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Access } from '../../platform/web/access.decorator.js';
import { DeliveryReceiver } from './receiving/delivery-receiver.js';

/** Receives deliveries of GitHub. Their signature says who sends them. */
@Access('nobody')
@Controller('webhooks/github')
export class WebhookController {
  constructor(private readonly receiver: DeliveryReceiver) {}

  @Post()
  @HttpCode(HttpStatus.ACCEPTED)
  async ofApp(@Req() request: Request) {
    return { delivery: await this.receiver.ofApp(request) };
  }

  @Post(':key')
  @HttpCode(HttpStatus.ACCEPTED)
  async ofIntegration(@Param('key') key: string, @Req() request: Request) {
    return { delivery: await this.receiver.ofIntegration(key, request) };
  }
}
