import { z } from 'zod';
import { ConfigError } from './config-error.js';
import { baseUrl, wholeNumber } from './values.js';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
const FORMATS = ['auto', 'json', 'pretty'] as const;

/** What servers write to stderr. */
export interface LogConfig {
  /** The least level that is written. */
  level: (typeof LEVELS)[number];
  /** `auto` is `pretty` where stderr is a terminal, else `json`. */
  format: (typeof FORMATS)[number];
}

/** How the service is watched from outside. */
export interface ObservabilityConfig {
  logs: LogConfig;
  /** The bearer token of `/metrics`; undefined where there are no metrics. */
  metricsToken: string | undefined;
  /** Where a worker serves its metrics: it answers nothing else. */
  metricsPort: number | undefined;
  /** The base address of the collector to which traces are sent by OTLP over HTTP; undefined for no traces. */
  otlpEndpoint: string | undefined;
}

export const observabilityVariables = {
  LOG_LEVEL: z.enum(LEVELS, { message: `must be one of ${LEVELS.join(', ')}` }).default('info'),
  LOG_FORMAT: z.enum(FORMATS, { message: `must be one of ${FORMATS.join(', ')}` }).default('auto'),
  METRICS_TOKEN: z
    .string()
    .regex(/^[!-~]+$/, 'must have no spaces or line breaks; `openssl rand -hex 32` creates one')
    .optional(),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: baseUrl('http:', 'https:').optional(),
};

type Variables = z.infer<z.ZodObject<typeof observabilityVariables>>;

/** @throws ConfigError for a port without a token, which would answer nobody */
export function observabilityConfig(env: Variables): ObservabilityConfig {
  if (env.METRICS_PORT !== undefined && env.METRICS_TOKEN === undefined)
    throw new ConfigError(
      'METRICS_TOKEN',
      'must be set when METRICS_PORT is set; or unset METRICS_PORT',
    );
  return {
    logs: { level: env.LOG_LEVEL, format: env.LOG_FORMAT },
    metricsToken: env.METRICS_TOKEN,
    metricsPort: env.METRICS_PORT,
    otlpEndpoint: env.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, ''),
  };
}
