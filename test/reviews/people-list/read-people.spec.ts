import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WrongRows } from '../../../src/reviews/people-list/people-list-problems.js';
import { type ListFormat, readPeople } from '../../../src/reviews/people-list/read-people.js';

const ADA = {
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  githubLogin: 'ada-l',
  status: 'active',
  endDate: null,
  managerEmail: 'grace@example.com',
};

const HEADER = 'email,name,github_login,status,end_date,manager_email';

const HEADERS = ['email', 'name', 'github_login', 'status', 'end_date', 'manager_email'];

const read = (content: string | Buffer, format: ListFormat = 'csv', size = 65_536) => {
  const bytes = Buffer.from(content);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  return readPeople(Readable.from(pieces), format);
};

const faultsOf = async (content: string, format?: ListFormat): Promise<string[]> => {
  const error = (await read(content, format).catch((caught) => caught)) as WrongRows;
  expect(error).toMatchObject({ status: 422, code: 'people_list_wrong_rows' });
  return error.faults.map(({ at, problem }) => `${error.unit} ${at}: ${problem}`);
};

const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('a people list in CSV', () => {
  it('has a column for each field, in any order, and ignores others', async () => {
    const csv = [
      'Manager Email;Desk;GitHub login;STATUS;name;end-date;email',
      'Grace@example.com;3.14;@ada-l;Active;Ada Lovelace;;  Ada@Example.com ',
      'x@example.com;;;left;"Semi;colon ""quoted""";2026-03-31;bob@example.com',
    ].join('\r\n');
    expect(await read(csv)).toEqual({
      ignored: ['Desk'],
      people: [
        ADA,
        {
          email: 'bob@example.com',
          name: 'Semi;colon "quoted"',
          githubLogin: null,
          status: 'left',
          endDate: '2026-03-31',
          managerEmail: 'x@example.com',
        },
      ],
    });
  });

  it.each([',', ';', '\t'])('is separated by %j', async (separator) => {
    const row = ['ada@example.com', '"Love,lace; A\tda"', 'ada-l', '', '', 'grace@example.com'];
    const csv = `${HEADERS.join(separator)}\n${row.join(separator)}`;
    const { people } = await read(csv);
    expect(people).toEqual([{ ...ADA, name: 'Love,lace; A\tda' }]);
  });

  it.each([
    ['UTF-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16LE with a mark', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16BE with a mark', (text: string) => bigEndian(`\ufeff${text}`)],
    ['UTF-16LE without a mark', (text: string) => Buffer.from(text, 'utf16le')],
    ['UTF-16BE without a mark', (text: string) => bigEndian(text)],
  ])('is read in %s, wherever the pieces end', async (_, encode) => {
    const bytes = encode('email;name\r\nada@example.com;Zoë 🦄 李\r\n');
    for (const size of [1, 2, 3, 7, 1000])
      expect(await read(bytes, 'csv', size)).toMatchObject({
        people: [{ email: 'ada@example.com', name: 'Zoë 🦄 李' }],
      });
  });

  it('is refused in another encoding', async () => {
    const latin1 = Buffer.from('email,name\nada@example.com,Zo\u00eb\n', 'latin1');
    await expect(read(latin1)).rejects.toMatchObject({ status: 422, code: 'people_list_encoding' });
  });

  it.each([
    ['', 'the file is empty'],
    ['\n\n', 'the file is empty'],
    ['name,github_login\nAda,ada', 'no column email among name, github_login'],
    ['ada@example.com,Ada', 'no column email among ada@example.com, ada'],
    ['email,Email\n', 'the column email is there twice'],
    ['email,na"me\n', 'a quote stands within a cell'],
  ])('needs a header, which %j has not', async (csv, problem) => {
    await expect(read(csv)).rejects.toMatchObject({
      ...{ status: 422, code: 'people_list_header' },
      message: expect.stringContaining(problem),
    });
  });

  it('needs people', async () => {
    for (const csv of [HEADER, `${HEADER}\n\n`, `${HEADER}\n,,,,,\n`])
      await expect(read(csv)).rejects.toMatchObject({ code: 'people_list_empty' });
  });

  it('names each wrong row by its line', async () => {
    const csv = [
      HEADER,
      'ada@example.com,"A name',
      'of two lines",,,,',
      '',
      'nobody,,,,,',
      ',Bob,,,,',
      'c@example.com,C,not a login,,,',
      'd@example.com,D,,retired,,',
      'e@example.com,E,,,31.03.2026,',
      'f@example.com,F,,,2026-02-30,',
      'g@example.com,G,,,,boss',
      `h@example.com,${'H'.repeat(256)},,,,`,
      'ADA@example.com,Ada again,,,,',
      'i@example.com,I,,,,,7',
      'j@example.com,J',
      'k@example.com,K,,,"2026-01-01"x,',
      'l,L,,,,',
    ].join('\n');
    expect(await faultsOf(csv)).toEqual([
      "line 5: 'nobody' is not an email address",
      'line 6: email is missing',
      "line 7: 'not a login' is not a GitHub login",
      "line 8: status is 'retired'; it must be active or left",
      "line 9: end_date is '31.03.2026'; it must be a date such as 2026-03-31",
      "line 10: end_date is '2026-02-30'; it must be a date such as 2026-03-31",
      "line 11: the manager's 'boss' is not an email address",
      'line 12: name is longer than 255 characters',
      'line 13: ada@example.com is already in line 2',
      'line 14: it has 7 cells, the header has 6',
      'line 15: it has 2 cells, the header has 6',
      'line 16: after a closing quote there is more text. The lines after it were not read',
    ]);
  });

  it('ends where a quote is not closed', async () => {
    expect(await faultsOf('email,name\nnobody,N\na@example.com,"A\nb@example.com,B\n')).toEqual([
      "line 2: 'nobody' is not an email address",
      'line 4: a quote is not closed. The lines after it were not read',
    ]);
  });

  it('names the first hundred wrong rows, and how many there are', async () => {
    const csv = `email\n${'nobody\n'.repeat(250)}`;
    const error = (await read(csv).catch((caught) => caught)) as WrongRows;
    expect([error.count, error.faults.length]).toEqual([250, 100]);
    expect(error.message).toMatch(/^250 rows are wrong: line 2: .*; …\.$/);
  });

  it('has an end to its size and to its people', async () => {
    const people = (count: number) =>
      `email\n${Array.from({ length: count }, (_, i) => `p${i}@example.com\n`).join('')}`;
    expect((await read(people(100_000))).people).toHaveLength(100_000);
    await expect(read(people(100_001))).rejects.toMatchObject({ code: 'people_list_too_long' });
    const large = Readable.from(
      (function* () {
        yield Buffer.from('email,notes\n');
        for (;;) yield Buffer.from(`,${'x'.repeat(90_000)}\n`);
      })(),
    );
    await expect(readPeople(large, 'csv')).rejects.toMatchObject({
      status: 413,
      code: 'people_list_too_large',
    });
    await expect(read(`email\n"${'x'.repeat(200_000)}"\n`)).rejects.toMatchObject({
      code: 'people_list_wrong_rows',
      message: expect.stringContaining('line 2: the row is longer than 100,000 characters'),
    });
  });

  it('gives back any name that it was sent, whatever the pieces', async () => {
    const names = fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom(...',;\t'), fc.nat(40), async (all, by, size) => {
        const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const rows = all.map((name, i) => `p${i}@example.com${by}${cell(name)}`);
        const csv = `email${by}name\r\n${rows.join('\r\n')}`;
        const { people } = await read(csv, 'csv', size + 1);
        const stored = all.map((name) => name.trim().replaceAll('\0', ''));
        expect(people.map(({ name }) => name)).toEqual(stored);
      }),
    );
  });
});

describe('a people list in JSON', () => {
  it('has the same fields', async () => {
    const bob = { email: 'bob@example.com', name: null, status: 'left' };
    expect(await read(JSON.stringify({ people: [ADA, bob] }), 'json')).toEqual({
      ignored: [],
      people: [ADA, { ...bob, name: '', githubLogin: null, endDate: null, managerEmail: null }],
    });
  });

  it.each(['', '[]', '3', '{"people":3}', '{"people":[],"more":1}', '{'])(
    'is refused as %j',
    async (json) => {
      await expect(read(json, 'json')).rejects.toMatchObject({ code: 'people_list_json' });
    },
  );

  it('names each wrong person', async () => {
    const people = [
      { email: 'ada@example.com' },
      { email: 'ada@example.com' },
      'ada',
      { email: 3 },
      { email: 'bob@example.com', desk: 3 },
    ];
    expect(await faultsOf(JSON.stringify({ people }), 'json')).toEqual([
      'person 2: ada@example.com is already in person 1',
      'person 3: it is not an object',
      'person 4: email must be text',
      "person 5: 'desk' is not a known field",
    ]);
  });
});
