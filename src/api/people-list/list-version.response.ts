import { ApiProperty } from '@nestjs/swagger';
import type { ListSource } from '../../reviews/people-list/people-list-version.entity.js';
import type { ImportedList } from '../../reviews/people-list/people-lists.service.js';
import {
  type PresentedVersion,
  presentVersion,
} from '../../reviews/people-list/present-version.js';

/** The version of the list after an import. */
export class ListVersionResponse implements PresentedVersion {
  @ApiProperty({ example: 3, description: "Counts the versions of the team's list, from 1." })
  version: number;

  @ApiProperty({ example: 412, description: 'How many people the list has.' })
  people: number;

  @ApiProperty({ example: 5, description: 'How many were not in the version before.' })
  added: number;

  @ApiProperty({ example: 2, description: 'Of how many the version before said something else.' })
  changed: number;

  @ApiProperty({ example: 1, description: 'How many only the version before has.' })
  removed: number;

  @ApiProperty({ enum: ['page', 'api', 'command'], example: 'api' })
  source: ListSource;

  @ApiProperty({ example: 'nightly-report', description: 'The email address, or the API token.' })
  madeBy: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-23T09:30:12.000Z' })
  createdAt: string;

  @ApiProperty({
    example: true,
    description: 'False where the list is as it was. Then there is no new version.',
  })
  isNew: boolean;

  @ApiProperty({
    type: [String],
    example: ['desk'],
    description: 'The columns of the CSV that Rollcall does not use.',
  })
  ignoredColumns: string[];
}

export const presentImport = (
  { version, isNew }: ImportedList,
  ignoredColumns: string[],
): ListVersionResponse => ({ ...presentVersion(version), isNew, ignoredColumns });
