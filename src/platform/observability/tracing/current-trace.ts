import { WorkLocal } from '../work-local.js';

/** The span of the current work, as W3C Trace Context writes it (`traceparent`). */
const spans = new WorkLocal<string>();

const FORM = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Undefined without tracing. */
export const currentTrace = (): string | undefined => spans.get();

/** Everything within `work` belongs to the span. */
export const withTrace = <T>(traceparent: string, work: () => T): T => spans.run(traceparent, work);

/** The parts of a `traceparent`; undefined for one that is not valid. */
export function partsOf(traceparent: string | undefined) {
  const [, traceId, spanId, flags] = FORM.exec(traceparent ?? '') ?? [];
  if (!traceId || !spanId || !flags) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) };
}

export const traceIdOf = (traceparent: string | undefined): string | undefined =>
  traceparent && partsOf(traceparent)?.traceId;
