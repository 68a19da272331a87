import { ApiProperty } from '@nestjs/swagger';

/** An integration's webhook, and what came to it. */
export class WebhookResponse {
  @ApiProperty({
    format: 'uri',
    example: 'https://rollcall.example.com/webhooks/github/5f3759df0123456789abcdef00c0ffee',
    description:
      'The address to enter at GitHub. The GitHub App has one for all of its installations.',
  })
  url: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T09:30:00.420Z' })
  createdAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    example: '2026-11-23T09:31:02.118Z',
    description: 'When the last delivery with a right signature came.',
  })
  lastDeliveryAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    example: 'organization.member_added',
    description: 'Its event and action.',
  })
  lastEvent: string | null;

  @ApiProperty({ type: 'integer', example: 12, description: 'Deliveries that told something.' })
  accepted: number;

  @ApiProperty({
    type: 'integer',
    example: 3,
    description: 'Deliveries from which nothing followed.',
  })
  ignored: number;

  @ApiProperty({
    type: 'integer',
    example: 0,
    description:
      'Deliveries without the right signature, or that could not be read. For the GitHub App: those of all installations.',
  })
  refused: number;

  @ApiProperty({
    type: 'integer',
    example: 0,
    description:
      'Who joined, left or returned in syncs of the last 30 days without a delivery that had told it.',
  })
  missed: number;
}

/** A new secret, shown once. */
export class WebhookSecretResponse {
  @ApiProperty({
    example: '8e2b…',
    description: 'To enter at GitHub. It is not shown again.',
  })
  secret: string;
}
