import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Membership } from '../../accounts/users/membership.entity.js';
import type { GithubIntegration } from '../../integrations/connections/github-integration.entity.js';

interface Step {
  words: string;
  /** What it is good for. */
  why: string;
  href: string;
  isDone: boolean;
  /** From 1. */
  position: number;
}

/** What an admin does first. */
@Injectable()
export class FirstSteps {
  constructor(private readonly dataSource: DataSource) {}

  /** Undefined once all is done. */
  async of(teamId: number, integrations: GithubIntegration[]): Promise<Step[] | undefined> {
    const users = await this.dataSource.manager.countBy(Membership, { teamId });
    const connected = integrations.filter(({ disconnectedAt }) => !disconnectedAt);
    const [first] = connected;
    const steps = [
      {
        words: 'Connect an organization',
        why: 'Rollcall reads its members in the background.',
        href: '/onboarding',
        isDone: first !== undefined,
      },
      {
        words: 'Choose a schedule',
        why: 'The directory then stays up to date by itself.',
        href: first ? `/integrations/github/${first.id}/settings` : '/onboarding',
        isDone: connected.some(({ scheduleKind }) => scheduleKind !== 'off'),
      },
      {
        words: 'Invite your team',
        why: 'Members read, admins also decide and change.',
        href: '/users',
        isDone: users > 1,
      },
    ];
    if (steps.every(({ isDone }) => isDone)) return undefined;
    return steps.map((step, index) => ({ ...step, position: index + 1 }));
  }
}
