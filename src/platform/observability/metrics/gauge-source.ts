import type { Labels } from '../observers.js';

export interface Reading {
  name: string;
  value: number;
  labels?: Labels;
}

/** Values that are read when somebody asks for the metrics. */
export interface GaugeSource {
  /** Names it where it cannot be read. */
  source: string;
  gauges: { name: string; help: string; labels?: string[] }[];
  read(): Promise<Reading[]> | Reading[];
}
