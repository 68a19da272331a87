import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** Which organization to connect, and what to show GitHub for it. */
export class ConnectIntegrationRequest {
  @ApiProperty({
    example: 'northwind-labs',
    maxLength: 100,
    description: "The organization's present login on GitHub, in any case.",
  })
  @MaxLength(100, { message: 'organization must have at most 100 characters' })
  @Matches(/^\s*[\w-]+\s*$/, {
    message: 'organization must be the login of an organization on GitHub, as in github.com/LOGIN',
  })
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
    message: 'token must be a token of GitHub, without spaces or line breaks in it',
  })
  token: string;

  @ApiPropertyOptional({
    format: 'uri',
    maxLength: 255,
    description:
      "The API address of a GitHub Enterprise Server, `https://HOST/api/v3`. Without it, the server's own setting holds.",
  })
  @IsOptional()
  @MaxLength(255, { message: 'apiUrl must have at most 255 characters' })
  @IsString({ message: 'apiUrl must be an address such as https://HOST/api/v3' })
  apiUrl?: string;

  @ApiPropertyOptional({
    default: false,
    description:
      'Whether to keep only those who show their membership to everybody. The token may then be of somebody who is no member.',
  })
  @IsOptional()
  @IsBoolean({ message: 'publicOnly must be true or false' })
  publicOnly?: boolean;
}
