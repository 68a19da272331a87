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

/**
 * The values of a scrape. The parser proves the form, and that each value is of a metric with a type; it leaves out the
 * labels of histograms, so the lines are read here.
 * @throws Error for what is not in the form of Prometheus
 */
export function samplesOf(text: string): Sample[] {
  const families = new Set(parse(text).map(({ name }) => name));
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (!families.has(name) && !families.has(name.replace(/_(bucket|sum|count)$/, '')))
        throw new Error(`The parser found no metric for ${line}`);
      return { name, labels: labelsOf(labels), value: Number(value) };
    });
}

const labelsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name = '', is = '']) => [name, is]),
  );

/** The sum of a metric's values with these labels. */
export const total = (samples: Sample[], name: string, labels: Record<string, string> = {}) =>
  samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([key, is]) => sample.labels[key] === is))
    .reduce((sum, { value }) => sum + value, 0);
