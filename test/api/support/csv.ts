/** The records of a CSV file as RFC 4180 has it. @throws Error for what is none */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length; ) {
    const { value, end } = text[at] === '"' ? quoted(text, at) : plain(text, at);
    record.push(value);
    at = end;
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    } else throw new Error(`Neither a comma nor CRLF at ${at}`);
  }
  if (record.length > 0) throw new Error('The last line does not end');
  return records;
}

function plain(text: string, at: number) {
  const [value = ''] = /^[^",\r\n]*/.exec(text.slice(at)) ?? [];
  return { value, end: at + value.length };
}

function quoted(text: string, at: number) {
  const [whole, inner] = /^"((?:[^"]|"")*)"/.exec(text.slice(at)) ?? [];
  if (whole === undefined || inner === undefined) throw new Error(`An open quote at ${at}`);
  return { value: inner.replaceAll('""', '"'), end: at + whole.length };
}
