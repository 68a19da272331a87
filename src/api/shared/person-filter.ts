import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

/** The filter of a history by person. */
export const PersonFilter = () =>
  applyDecorators(
    ApiPropertyOptional({
      maxLength: 100,
      example: 'mara',
      description:
        'Only what concerns the people whom `q` of the members finds; at most the first 100 of them.',
    }),
    IsOptional(),
    MaxLength(100, { message: 'person must have at most 100 characters' }),
    IsString({ message: 'person must be given once' }),
  );
