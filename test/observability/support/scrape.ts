import parse from 'parse-prometheus-text-format';

export const METRICS_TOKEN = 'metrics-token-of-the-test';

/** One value of a metric. */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** Asks as Prometheus does. */
export const ask = (url: string, token = METRICS_TOKEN): Promise<Response> =>
  fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });

/** All values of a process. */
export async function scrape(url: string): Promise<Sample[]> {
  const answer = await ask(url);
  if (answer.status !== 200) throw new Error(`The metrics answer ${answer.status}.`);
  return samplesOf(await answer.text());
}

/** @throws Error for what is not in the form of Prometheus */
export function samplesOf(text: string): Sample[] {
  return parse(text).flatMap(({ name, metrics }) =>
    metrics.flatMap(({ labels = {}, value, buckets, count, sum }) => {
      if (!buckets) return [{ name, labels, value: Number(value) }];
      return [
        ...Object.entries(buckets).map(([le, many]) => ({
          name: `${name}_bucket`,
          labels: { ...labels, le },
          value: Number(many),
        })),
        { name: `${name}_count`, labels, value: Number(count) },
        { name: `${name}_sum`, labels, value: Number(sum) },
      ];
    }),
  );
}

/** The sum of a metric's values with these labels. */
export const total = (samples: Sample[], name: string, labels: Record<string, string> = {}) =>
  samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([key, is]) => sample.labels[key] === is))
    .reduce((sum, { value }) => sum + value, 0);
