import { Injectable } from '@nestjs/common';
import type { Resource } from '../../github/limits/resource-budget.js';
import { TokenBudgets } from '../../github/limits/token-budgets.js';
import type { GaugeSource, Reading } from '../../platform/observability/metrics/gauge-source.js';
import { Metrics } from '../../platform/observability/metrics/metrics.js';

const RESOURCES: Resource[] = ['core', 'graphql'];

/** What is left of GitHub's hourly limits, of the credential of this process that has the least. */
@Injectable()
export class LimitGauges implements GaugeSource {
  readonly source = 'github_limits';
  readonly gauges = [
    {
      name: 'rollcall_github_rate_limit_remaining',
      help: 'Requests left in the hour, of the credential with the smallest share left.',
      labels: ['resource'],
    },
    {
      name: 'rollcall_github_rate_limit_remaining_ratio',
      help: 'The smallest share of an hourly limit that is left, from 0 to 1.',
      labels: ['resource'],
    },
  ];

  constructor(
    private readonly budgets: TokenBudgets,
    metrics: Metrics,
  ) {
    metrics.add(this);
  }

  read(): Reading[] {
    return RESOURCES.flatMap((resource) => {
      const [least] = this.budgets.hourlyLimits(resource).sort((a, b) => share(a) - share(b));
      if (!least) return [];
      const labels = { resource };
      return [
        { name: 'rollcall_github_rate_limit_remaining', value: least.remaining, labels },
        { name: 'rollcall_github_rate_limit_remaining_ratio', value: share(least), labels },
      ];
    });
  }
}

const share = ({ limit, remaining }: { limit: number; remaining: number }): number =>
  limit > 0 ? remaining / limit : 0;
