import { currentTrace } from '../../platform/observability/tracing/current-trace.js';
import { currentFacts } from '../../platform/observability/work-facts.js';

/** What asked for a run, for the logs and traces of the worker. Lost with the job, it is missed by nobody else. */
export interface RunOrigin {
  requestId?: string;
  /** The span that asked for it, as W3C Trace Context writes it. */
  traceparent?: string;
}

/** The request that is being answered; empty where a timer or a command asks. */
export function currentOrigin(): RunOrigin {
  const { requestId } = currentFacts();
  const traceparent = currentTrace();
  return { ...(requestId && { requestId }), ...(traceparent && { traceparent }) };
}
