import hbs from 'hbs';

/** How long HTML is kept, in ms. It may say how many seconds ago something was. */
const KEPT_MS = 1_000;

/** How many pieces of HTML are kept, of up to some 100 KB. */
const MAX_KEPT = 20;

interface Kept {
  html: object;
  until: number;
}

/**
 * The helper of blocks that are the same for everybody who is shown the same: `{{#once "person/page" page}}` renders its
 * block once for an object, and for all with the same values within a second. The block may use only that object, and
 * has its name alone.
 */
export function renderedOnce(now: () => number = Date.now) {
  const byObject = new WeakMap<object, object>();
  const byValues = new Map<string, Kept>();
  const recent = (key: string, render: () => object): object => {
    const known = byValues.get(key);
    if (known && known.until > now()) return known.html;
    const html = render();
    byValues.delete(key);
    byValues.set(key, { html, until: now() + KEPT_MS });
    const [oldest = key] = byValues.keys();
    if (byValues.size > MAX_KEPT) byValues.delete(oldest);
    return html;
  };
  return (name: string, shown: object, { fn }: Handlebars.HelperOptions): object => {
    const render = () => new hbs.handlebars.SafeString(inOnePiece(fn(shown)));
    const html = byObject.get(shown) ?? recent(`${name} ${JSON.stringify(shown)}`, render);
    byObject.set(shown, html);
    return html;
  };
}

/** Flattens V8's rope string; otherwise every send would flatten it again. */
const inOnePiece = (text: string): string => Buffer.from(text).toString();
