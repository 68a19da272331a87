import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength, ValidateBy } from 'class-validator';
import { ORGANIZATION_FORMS, readOrganizationName } from '../../github/access/organization-name.js';

const isOrganizationName = (value: unknown): boolean =>
  typeof value === 'string' && readOrganizationName(value) !== undefined;

/** The organization to connect, and its credential. */
export class ConnectIntegrationRequest {
  @ApiProperty({
    example: 'northwind-labs',
    maxLength: 500,
    description:
      "The organization's current login on GitHub, in upper or lower case. `@LOGIN`, `LOGIN/` and the URL of its page " +
      'also work.',
  })
  @MaxLength(500, { message: 'organization must have at most 500 characters' })
  @ValidateBy(
    { name: 'isOrganizationName', validator: { validate: isOrganizationName } },
    { message: `organization must name an organization. ${ORGANIZATION_FORMS.slice(0, -1)}` },
  )
  organization: string;

  @ApiProperty({
    example: 'ghp_rollcallDemoToken',
    format: 'password',
    maxLength: 1000,
    writeOnly: true,
    description:
      'A personal access token of one of its members: classic with the scope read:org, or fine-grained with ' +
      '"Members: read". It is encrypted at rest and never shown again.',
  })
  @MaxLength(1000, { message: 'token must have at most 1000 characters' })
  @Matches(/^\s*[!-~]+\s*$/, {
    message: 'token must be a GitHub token without spaces or line breaks',
  })
  token: string;

  @ApiPropertyOptional({
    format: 'uri',
    maxLength: 255,
    description:
      "The API address of a GitHub Enterprise Server, `https://HOST/api/v3`. Without it, the server's setting is used.",
  })
  @IsOptional()
  @MaxLength(255, { message: 'apiUrl must have at most 255 characters' })
  @IsString({ message: 'apiUrl must be an address such as https://HOST/api/v3' })
  apiUrl?: string;

  @ApiPropertyOptional({
    default: false,
    description:
      'Whether to keep only members whose membership is public. The token then need not belong to a member.',
  })
  @IsOptional()
  @IsBoolean({ message: 'publicOnly must be true or false' })
  publicOnly?: boolean;
}
