import { Logger } from '@nestjs/common';
import {
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Observer, Operation, OperationKind } from '../observers.js';
import { currentTrace, partsOf, withTrace } from './current-trace.js';

const KINDS: Record<OperationKind, SpanKind> = {
  http: SpanKind.SERVER,
  queue: SpanKind.PRODUCER,
  run: SpanKind.CONSUMER,
  github: SpanKind.CLIENT,
  transaction: SpanKind.CLIENT,
};

/** How long a collector that does not answer may hold up the end of the process, in ms. */
const EXPORT_TIMEOUT_MS = 3_000;

export interface TracerOptions {
  /** The collector's base address; spans go to its `/v1/traces`. */
  endpoint: string;
  version: string;
  role: string;
}

/**
 * Makes each operation a span, and sends spans to a collector by OTLP over HTTP. The current span is a `traceparent` of
 * our own, not OpenTelemetry's context, which would be a second storage that follows every promise.
 */
export class Tracer implements Observer {
  private readonly provider: TracerProvider;
  private readonly tracer;

  constructor({ endpoint, version, role }: TracerOptions) {
    tellTroubles();
    const exporter = new OTLPTraceExporter({
      url: `${endpoint}/v1/traces`,
      timeoutMillis: EXPORT_TIMEOUT_MS,
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({
        'service.name': 'rollcall',
        'service.version': version,
        'rollcall.role': role,
        'process.pid': process.pid,
      }),
      spanProcessors: [new BatchSpanProcessor({ exporter })],
    });
    this.tracer = this.provider.getTracer('rollcall', version);
  }

  readonly operation = async <T>(operation: Operation, work: () => Promise<T>): Promise<T> => {
    const span = this.start(operation);
    try {
      return await withTrace(traceparentOf(span), work);
    } catch (error) {
      // Without the message, which may have what another server said.
      const name = error instanceof Error ? error.constructor.name : typeof error;
      span.setStatus({ code: SpanStatusCode.ERROR, message: name });
      throw error;
    } finally {
      const { name, labels, details } = operation;
      span.updateName(name).setAttributes({ ...labels, ...details });
      if (Number(labels.status) >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    }
  };

  /** Sends what was not sent yet. */
  close(): Promise<void> {
    return this.provider.shutdown();
  }

  private start({ kind, name, parent }: Operation): Span {
    const above = partsOf(parent) ?? partsOf(currentTrace());
    const context = above
      ? trace.setSpanContext(ROOT_CONTEXT, { ...above, isRemote: parent !== undefined })
      : ROOT_CONTEXT;
    return this.tracer.startSpan(name, { kind: KINDS[kind] }, context);
  }
}

/** OpenTelemetry itself is silent about a collector that does not answer. */
function tellTroubles(): void {
  const logger = new Logger('Tracing');
  const quiet = () => undefined;
  const warn = (message: string) => logger.warn(`Traces are lost: ${message}`);
  diag.setLogger(
    { error: warn, warn, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
