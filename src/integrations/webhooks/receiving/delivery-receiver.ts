import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { PublicError } from '../../../platform/public-error.js';
import { appWebhookOff, deliveriesBusy, webhookNotFound } from '../webhook-failures.js';
import { Deliveries } from './deliveries.js';
import { dropRest } from './delivery-body.js';
import { eventName } from './delivery-events.js';
import { DeliveryLimits, type DeliveryPlace } from './delivery-limits.js';
import { DeliveryTargets } from './delivery-targets.js';
import { readDelivery } from './read-delivery.js';
import type { Receiver } from './receiver.js';
import { Receivers } from './receivers.js';
import { RefusedDeliveries } from './refused-deliveries.js';

/** Receives deliveries: verifies and reads them, and stores what follows from them. */
@Injectable()
export class DeliveryReceiver {
  private readonly limits = new DeliveryLimits();

  constructor(
    private readonly receivers: Receivers,
    private readonly targets: DeliveryTargets,
    private readonly deliveries: Deliveries,
    private readonly refused: RefusedDeliveries,
  ) {}

  /** For an integration's own address. Returns the delivery's GUID once it is stored. @throws PublicError */
  ofIntegration(urlKey: string, request: Request): Promise<string> {
    return this.within(request, async (place) => {
      const receiver = await this.receivers.ofIntegration(urlKey);
      if (!receiver) throw webhookNotFound();
      return this.receive(request, receiver, place);
    });
  }

  /** The same for the address of the GitHub App. */
  ofApp(request: Request): Promise<string> {
    return this.within(request, async (place) => {
      const receiver = await this.receivers.ofApp();
      if (!receiver) throw appWebhookOff();
      return this.receive(request, receiver, place);
    });
  }

  private async within(
    request: Request,
    work: (place: DeliveryPlace) => Promise<string>,
  ): Promise<string> {
    const place = this.limits.enter();
    try {
      if (!place) throw deliveriesBusy();
      return await work(place);
    } catch (error) {
      if (error instanceof PublicError) throw error;
      this.refused.failed(error);
      throw deliveriesBusy(error);
    } finally {
      place?.leave();
      dropRest(request);
    }
  }

  private async receive(
    request: Request,
    receiver: Receiver,
    place: DeliveryPlace,
  ): Promise<string> {
    const { webhookId } = receiver;
    const receivedAt = new Date();
    const signed = await readDelivery(request, receiver.secrets, place).catch((error: unknown) => {
      if (error instanceof PublicError) this.refused.count(webhookId, error, request.ip);
      throw error;
    });
    place.release();
    const { guid } = signed;
    const news = await this.targets.of(receiver, signed);
    await this.deliveries.store({ webhookId, guid, event: eventName(signed), receivedAt, ...news });
    return guid;
  }
}
