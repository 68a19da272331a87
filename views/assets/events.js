// An open page follows: the server tells that the directory (`members`) or a run (`run`) has changed, and the parts of the
// page that show it (`data-follows`) ask for themselves again. Without a stream, the page asks every half minute.
const ASKS_EVERY_MS = 30_000;
const stream = document.getElementById('page-events').content.firstElementChild;
let isOpen = false;
let isRefused = false;

// A browser opens few connections to one server, so only tabs that are looked at have a stream.
const open = () => {
  if (!document.hidden && !isRefused) htmx.trigger(stream, 'open');
};
document.addEventListener('visibilitychange', open);
// After htmx has processed the page, which it does once its own script has run: otherwise it processes the stream twice.
document.addEventListener('DOMContentLoaded', () =>
  setTimeout(() => {
    document.body.append(stream);
    htmx.process(stream);
    open();
  }),
);
document.addEventListener('htmx:sse:after:connection', () => {
  isOpen = true;
});
document.addEventListener('htmx:sse:before:connection', ({ detail }) => {
  isOpen = false;
  detail.connection.cancelled = isRefused;
});
const isGone = (status) => [401, 403, 404].includes(status);
// Signed out, or the integration is gone: what the reader does next shows which, and leads back to the page.
document.addEventListener('htmx:sse:error', ({ detail }) => {
  isOpen = false;
  isRefused = isGone(detail.status);
});
document.addEventListener('htmx:before:response', (event) => {
  const { response, sourceEvent, sourceElement } = event.detail.ctx;
  const isOwn = sourceEvent?.type === 'follow' || sourceElement === stream;
  if (!isOwn || !isGone(response.status)) return;
  isRefused = true;
  event.preventDefault();
});

// Nothing moves under somebody who chooses people, has a menu open, or changes a person: it waits for them.
const waiting = new Set();
const changed = document.getElementById('list-changed');
const forms = new Set();
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (ctx.request.method !== 'GET') forms.add(ctx);
});
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => forms.delete(ctx));
const isChoosing = (part) => part.querySelector('input:checked') !== null;
const isBusy = (part) => forms.size > 0 || part.querySelector('details[open], [data-leaves]') || document.querySelector('dialog[open]');
const show = (part) => {
  waiting.delete(part.id);
  htmx.trigger(part, 'follow');
};
const settle = () => {
  const parts = [...waiting].map((id) => document.getElementById(id)).filter((part) => part !== null);
  for (const part of parts) if (!isChoosing(part) && !isBusy(part)) show(part);
  if (changed) changed.hidden = !parts.some((part) => waiting.has(part.id) && isChoosing(part));
};
setInterval(settle, 1000);
const follow = (event) => {
  for (const { id } of document.querySelectorAll(`[data-follows~="${event}"]`)) waiting.add(id);
  settle();
};
for (const event of ['members', 'run']) document.addEventListener(event, () => follow(event));
document.addEventListener('member-sync-finished', () => follow('members'));

let isWanted = false;
changed?.querySelector('button').addEventListener('click', () => {
  isWanted = true;
  for (const id of waiting) show(document.getElementById(id));
  settle();
});

// They may have begun while the server answered.
document.addEventListener('htmx:before:swap', (event) => {
  const { sourceElement: part } = event.detail.ctx;
  if (!part.matches('[data-follows]')) return;
  if (isBusy(part) || (isChoosing(part) && !isWanted)) {
    event.preventDefault();
    waiting.add(part.id);
  }
  isWanted = false;
});

setInterval(() => {
  if (isOpen || isRefused || document.hidden) return;
  follow('run');
  follow('members');
}, ASKS_EVERY_MS);
