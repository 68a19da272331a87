import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/config.js';

describe('logs, metrics and traces', () => {
  it('are plain where nothing is set', () => {
    expect(loadConfig({}).observability).toEqual({
      logs: { level: 'info', format: 'auto' },
      metricsToken: undefined,
      metricsPort: undefined,
      otlpEndpoint: undefined,
    });
  });

  it('are as the environment says', () => {
    const { observability } = loadConfig({
      LOG_LEVEL: 'debug',
      LOG_FORMAT: 'json',
      METRICS_TOKEN: 'token-of-prometheus',
      METRICS_PORT: '9464',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/',
    });
    expect(observability).toEqual({
      logs: { level: 'debug', format: 'json' },
      metricsToken: 'token-of-prometheus',
      metricsPort: 9464,
      otlpEndpoint: 'http://collector:4318',
    });
  });

  it.each([
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal.'],
    [{ LOG_FORMAT: 'xml' }, 'LOG_FORMAT must be one of auto, json, pretty.'],
    [{ METRICS_TOKEN: 'a b' }, 'METRICS_TOKEN must have no spaces'],
    [{ METRICS_PORT: '9464' }, 'METRICS_TOKEN must be set when METRICS_PORT is set'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'grpc://c' }, 'OTEL_EXPORTER_OTLP_ENDPOINT must be'],
  ])('with %j end the start', (env, problem) => {
    expect(() => loadConfig(env)).toThrow(problem);
  });
});
