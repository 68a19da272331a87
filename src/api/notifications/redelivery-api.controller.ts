import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation } from '@nestjs/swagger';
import type { Identity } from '../../accounts/identity.js';
import { CurrentIdentity } from '../../accounts/identity.js';
import { channelOff, deliveryNotFound } from '../../notifications/channels/channel-failures.js';
import { ChannelDeliveries } from '../../notifications/delivery/channel-deliveries.service.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { IdPipe } from '../../platform/web/id.pipe.js';
import { ApiChange, ApiId, ApiV1 } from '../shared/api-docs.js';
import { DeliveryResponse, presentDelivery } from './delivery.response.js';

/** Sends a message again. */
@ApiV1('Notifications')
@Controller('api/v1/deliveries/:id')
export class RedeliveryApiController {
  constructor(private readonly deliveries: ChannelDeliveries) {}

  @Post('redeliver')
  @ApiChange()
  @HttpCode(202)
  @ApiId('id')
  @ApiOperation({
    operationId: 'redeliverNotification',
    summary: 'Sends a message again, with the same id',
    description:
      'A delivery that is still tried is tried now. Of any other there is a new delivery, behind those that wait.',
  })
  @ApiAcceptedResponse({ type: DeliveryResponse, description: 'The delivery that is tried.' })
  @ApiProblem(deliveryNotFound())
  @ApiProblem(channelOff())
  async redeliver(
    @CurrentIdentity() { teamId }: Identity,
    @Param('id', IdPipe) id: number,
  ): Promise<DeliveryResponse> {
    return presentDelivery(await this.deliveries.redeliver(teamId, id));
  }
}
