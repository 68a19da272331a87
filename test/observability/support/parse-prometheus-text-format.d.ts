declare module 'parse-prometheus-text-format' {
  interface Family {
    name: string;
    type: string;
  }

  /** @throws Error for text in another form */
  export default function parse(text: string): Family[];
}
