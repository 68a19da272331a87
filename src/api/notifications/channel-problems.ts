import { applyDecorators } from '@nestjs/common';
import { addressNotAllowed } from '../../notifications/channels/channel-address.js';
import { ApiProblem } from '../../platform/web/api-problem.js';
import { ApiJsonOnly, ApiMalformedBody } from '../shared/api-docs.js';

/** The problems with what is sent of a channel. */
export const ApiChannelBody = () =>
  applyDecorators(
    ApiMalformedBody(),
    ApiProblem(addressNotAllowed('10.0.0.1 is not a public address.'), {
      description:
        'A value is wrong, and nothing was changed: `validation_failed`, `channel_name_invalid`, `channel_destination_invalid`, ' +
        '`channel_address_invalid`, `channel_address_not_allowed`, `channel_recipients_invalid`, `channel_events_invalid`, ' +
        '`channel_integrations_invalid`, `channel_digest_invalid`.',
    }),
    ApiJsonOnly(),
  );
