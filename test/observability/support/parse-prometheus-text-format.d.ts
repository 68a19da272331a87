declare module 'parse-prometheus-text-format' {
  interface Metric {
    labels?: Record<string, string>;
    value?: string;
    /** Of a histogram: how many are at most that. */
    buckets?: Record<string, string>;
    count?: string;
    sum?: string;
  }

  interface Family {
    name: string;
    help: string;
    type: string;
    metrics: Metric[];
  }

  /** @throws Error for text in another form */
  export default function parse(text: string): Family[];
}
