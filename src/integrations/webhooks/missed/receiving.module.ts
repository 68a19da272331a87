import { Module } from '@nestjs/common';
import { GithubModule } from '../../../github/github.module.js';
import { IntegrationsModule } from '../../integrations.module.js';
import { DeliverySources } from './delivery-sources.js';
import { MissedDeliveries } from './missed-deliveries.js';
import { ReceivingPresence } from './receiving-presence.js';
import { ReceivingWatch } from './receiving-watch.js';
import { Redeliveries } from './redeliveries.js';

/** Only for a process that receives deliveries. */
@Module({
  imports: [GithubModule, IntegrationsModule],
  providers: [DeliverySources, MissedDeliveries, ReceivingPresence, ReceivingWatch, Redeliveries],
})
export class ReceivingModule {}
