/** A name as it is written, and how its bearer would spell it in a login. */
type Spelled = readonly [written: string, romanized: string];

export interface NameStyle {
  readonly given: readonly Spelled[];
  readonly family: readonly Spelled[];
  readonly familyFirst?: boolean;
  readonly separator?: string;
}

function spelled(pairs: string): Spelled[] {
  return pairs.split(' ').map((pair) => {
    const [written = '', romanized = written.toLowerCase()] = pair.split('/');
    return [written, romanized];
  });
}

const latin: NameStyle = {
  given: spelled(
    'Amelia Jonas Priya Tomas Grace Mateo Nadia Oscar Ruth Samuel Ingrid Diego Hannah Leo',
  ),
  family: spelled(
    'Bennett Carter Moreau Okafor Silva Novak Meyer Rossi Haddad Lindgren Walsh Pereira',
  ),
};

const diacritics: NameStyle = {
  given: spelled(
    'Zoë/zoe Łukasz/lukasz Björk/bjork Siân/sian Renée/renee Đorđe/djordje Åsa/asa İpek/ipek',
  ),
  family: spelled(
    "Müller/mueller Nuñez/nunez Dvořák/dvorak O'Connor/oconnor Sørensen/sorensen Nguyễn/nguyen",
  ),
};

const cyrillic: NameStyle = {
  given: spelled('Анна/anna Дмитрий/dmitry Олена/olena Иван/ivan Милица/milica'),
  family: spelled('Иванов/ivanov Шевченко/shevchenko Петровић/petrovic Соколова/sokolova'),
};

const greek: NameStyle = {
  given: spelled('Ελένη/eleni Γιώργος/giorgos Σοφία/sofia'),
  family: spelled('Παπαδόπουλος/papadopoulos Νικολάου/nikolaou'),
};

const arabic: NameStyle = {
  given: spelled('فاطمة/fatima محمد/mohamed ليلى/layla'),
  family: spelled('الحسن/alhassan منصور/mansour'),
};

const hebrew: NameStyle = {
  given: spelled('נועה/noa יוסף/yosef תמר/tamar'),
  family: spelled('כהן/cohen לוי/levi'),
};

const devanagari: NameStyle = {
  given: spelled('अनिता/anita राहुल/rahul कृष्णा/krishna'),
  family: spelled('शर्मा/sharma पटेल/patel'),
};

const thai: NameStyle = {
  given: spelled('สมชาย/somchai มาลี/malee'),
  family: spelled('ใจดี/jaidee ศรีสุข/srisuk'),
};

const chinese: NameStyle = {
  given: spelled('小明/xiaoming 丽华/lihua 伟/wei 𠮷/ji'),
  family: spelled('王/wang 李/li 陳/chen'),
  familyFirst: true,
  separator: '',
};

const japanese: NameStyle = {
  given: spelled('さくら/sakura 健太/kenta 由美子/yumiko'),
  family: spelled('佐藤/sato 髙橋/takahashi'),
  familyFirst: true,
};

const korean: NameStyle = {
  given: spelled('민준/minjun 서연/seoyeon 지우/jiwoo'),
  family: spelled('김/kim 박/park 이/lee'),
  familyFirst: true,
  separator: '',
};

/** Latin comes first and often, as it does on GitHub. */
export const NAME_STYLES: readonly NameStyle[] = [
  ...[latin, latin, latin, latin, latin, latin, diacritics, diacritics, diacritics],
  ...[cyrillic, greek, arabic, hebrew, devanagari, thai, chinese, japanese, korean],
];

/**
 * Names that break careless programs: markup, a spreadsheet formula, a decomposed accent, spaces that count,
 * an emoji of several code points, a change of writing direction, a template, a quote.
 */
export const AWKWARD_NAMES: readonly string[] = [
  '<b>Bobby</b> Tables',
  '<script>alert("hi")</script>',
  '=HYPERLINK("https://example.com","Click")',
  '+1 (Ada)',
  'Jose\u0301 Garci\u0301a',
  '  Spaces Matter  ',
  'Kit 👩🏽‍🚀🏳️‍🌈',
  '\u202Eevil\u202C Eve',
  '{{constructor}} <%= 7*7 %>',
  `Robert "Bob" D'Arcy; DROP TABLE members`,
  '@channel',
  'null',
];
