// The error notice disappears after a later request succeeds. A poll does not clear the error of a user's own request.
let isOfPoll = true;
document.addEventListener('htmx:after:request', ({ detail }) => {
  const notice = document.getElementById('notice');
  const isPoll = !detail.ctx.sourceElement.matches('a, button, form');
  if (detail.ctx.response.status >= 400) isOfPoll = isPoll;
  else if (notice && (isOfPoll || !isPoll)) notice.replaceChildren();
});

// The server cannot be reached: the page shows a notice, once.
document.addEventListener('htmx:error', ({ detail }) => {
  const notice = document.getElementById('notice');
  if (!detail.ctx || detail.ctx.response || notice.hasChildNodes()) return;
  isOfPoll = true;
  notice.append(document.getElementById('unreachable').content.cloneNode(true));
});

// Leaves empty fields out of the URL.
document.addEventListener('htmx:config:request', ({ detail }) => {
  const { method, body } = detail.ctx.request;
  if (method === 'GET') for (const [name, value] of [...body]) if (value === '') body.delete(name);
});

// If a swap removes the focused element, the nearest focusable ancestor gets the focus.
let refuge;
document.addEventListener('htmx:before:swap', () => {
  refuge = document.activeElement?.parentElement?.closest('[id][tabindex]')?.id;
});
document.addEventListener('htmx:after:swap', () => {
  if (refuge && document.activeElement === document.body) document.getElementById(refuge)?.focus({ preventScroll: true });
});

// Escape closes a menu and focuses its button. A click elsewhere closes it too.
const openMenu = () => document.querySelector('details.dropdown[open]');
document.addEventListener('keydown', ({ key }) => {
  const menu = key === 'Escape' && openMenu();
  if (!menu) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});
document.addEventListener('click', ({ target }) => {
  const menu = openMenu();
  if (menu && !menu.contains(target)) menu.open = false;
});

// What a menu does closes it, and its button keeps the focus, also where the answer replaces it.
document.addEventListener('submit', ({ target }) => {
  const menu = target.closest('details.dropdown');
  if (!menu) return;
  menu.querySelector('summary').focus();
  menu.open = false;
});

// How many people are chosen, and all of the page at once.
const showChosen = () => {
  for (const bar of document.querySelectorAll('.chosen-bar')) {
    const boxes = boxesOf(bar);
    const chosen = boxes.filter(({ checked }) => checked).length;
    const isTooMany = chosen > (bar.dataset.most ?? Number.POSITIVE_INFINITY);
    bar.querySelector('[data-chosen]').textContent = isTooMany ? `${chosen} chosen, at most ${bar.dataset.most}` : `${chosen} chosen`;
    for (const button of bar.querySelectorAll('button:not([hidden])')) button.disabled = isTooMany;
    const all = document.querySelector(`[data-chooses="${bar.id}"]`);
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && !all.checked;
    // The bar disappears now.
    if (chosen === 0 && bar.contains(document.activeElement)) all.focus({ preventScroll: true });
  }
};
const boxesOf = (bar) => [...bar.elements].filter(({ type }) => type === 'checkbox');
document.addEventListener('change', ({ target }) => {
  const bar = document.getElementById(target.dataset.chooses);
  if (bar) for (const box of boxesOf(bar)) box.checked = target.checked;
  showChosen();
});
showChosen();
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && event.target.name === 'chosen') event.preventDefault();
});

// Who is chosen stays so when the page refreshes itself, and nobody else is: a box may now be of another person.
let kept;
document.addEventListener('htmx:before:swap', ({ detail }) => {
  const isRead = detail.ctx.request.method === 'GET';
  kept = isRead && [...document.querySelectorAll('[name="chosen"]:checked')].map(({ value }) => value);
});
document.addEventListener('htmx:after:swap', () => {
  if (kept) for (const box of document.querySelectorAll('[name="chosen"][type="checkbox"]')) box.checked = kept.includes(box.value);
  showChosen();
});

// "/" goes to the search, "?" shows the shortcuts. Neither while somebody types.
const keys = document.getElementById('keys');
document.addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  if (ctrlKey || altKey || metaKey || target.matches('input, textarea, select')) return;
  const search = key === '/' && document.getElementById('q');
  if (search) {
    event.preventDefault();
    search.focus();
  }
  if (key === '?' && !keys.open) keys.showModal();
});
for (const button of document.querySelectorAll('[data-shows]')) {
  button.hidden = false;
  button.addEventListener('click', () => document.getElementById(button.dataset.shows).showModal());
}

// A notice can be closed, and leaves after some seconds, but not while somebody points at it or is in it.
const LEAVES_AFTER_MS = 9000;
let leaving;
let shown;
const leaveLater = () => {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    const notice = document.querySelector('[data-leaves]');
    if (notice?.matches(':hover, :focus-within')) leaveLater();
    else notice?.remove();
  }, LEAVES_AFTER_MS);
};
document.addEventListener('htmx:after:swap', () => {
  const notice = document.querySelector('[data-leaves]');
  if (notice && notice !== shown) leaveLater();
  shown = notice;
});
document.addEventListener('click', ({ target }) => {
  if (target.closest('[data-closes]')) target.closest('[data-leaves]').remove();
});

// During a sync the status needs the room of all its states.
document.addEventListener('htmx:after:swap', () => {
  if (document.querySelector('[data-syncing]')) document.querySelector('[data-settled]')?.removeAttribute('data-settled');
});

// The tab's title and icon follow the sync. Screen readers hear each new state, but not each poll.
const status = () => document.querySelector('[data-icon]');
let told = status()?.dataset.state;
document.addEventListener('htmx:after:swap', () => {
  const { state, title, icon } = status()?.dataset ?? {};
  if (icon === undefined) return;
  const page = document.querySelector('title').dataset.page;
  document.title = title ? `${title} · ${page}` : page;
  document.getElementById('icon').href = icon;
  if (!state || state === told) return;
  told = state;
  const heard = document.getElementById('sync-heard');
  if (heard) heard.textContent = status().querySelector('.sync-headline').textContent;
});

// Times come in UTC. Shows them in the reader's time zone, with the exact time as the title.
const DAY = { day: 'numeric', month: 'short' };
const FORMATS = {
  minutes: { dateStyle: 'medium', timeStyle: 'short' },
  seconds: { dateStyle: 'medium', timeStyle: 'medium' },
  day: { ...DAY, year: 'numeric' },
  'day-time': { ...DAY, hour: '2-digit', minute: '2-digit' },
  exact: { ...DAY, year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' },
};
for (const [name, format] of Object.entries(FORMATS)) FORMATS[name] = new Intl.DateTimeFormat('en-GB', format);
const localizeTimes = () => {
  for (const time of document.querySelectorAll('time[datetime]')) {
    const date = new Date(time.dateTime);
    time.title = FORMATS.exact.format(date);
    if (time.dataset.format) time.textContent = FORMATS[time.dataset.format].format(date);
  }
};
localizeTimes();
document.addEventListener('htmx:after:swap', localizeTimes);

// The same words as on the server (run-activity.ts).
const inWords = (seconds) => {
  if (seconds === 0) return 'a moment';
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours ? `${hours} h ${minutes} min` : `${minutes} min ${seconds % 60} s`;
};
setInterval(() => {
  for (const wait of document.querySelectorAll('[data-seconds-left]')) {
    const left = Math.max(0, wait.dataset.secondsLeft - 1);
    wait.dataset.secondsLeft = left;
    wait.textContent = inWords(left);
  }
}, 1000);

// Behind each avatar are initials. They show when the picture cannot be loaded, before or after this script runs.
document.addEventListener('error', ({ target }) => target.matches?.('[data-avatar]') && target.remove(), true);
for (const image of document.querySelectorAll('[data-avatar]')) if (image.complete && image.naturalWidth === 0) image.remove();

// Copies a field. Without scripts there is no button, and the field can be selected with the keyboard. The newer clipboard
// interface needs https; `execCommand` does not.
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => {
    document.getElementById(button.dataset.copy).select();
    button.textContent = document.execCommand('copy') ? 'Copied' : 'Selected: copy it with Ctrl+C';
  });
}

// Copies a text of a row's menu. The button says so until the menu is closed, and screen readers hear it.
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-copies]');
  if (!button) return;
  const field = document.createElement('textarea');
  field.value = button.dataset.copies;
  button.after(field);
  field.select();
  const outcome = document.execCommand('copy') ? 'Copied' : 'Not copied';
  field.remove();
  button.focus();
  button.dataset.label ??= button.textContent;
  button.textContent = outcome;
  document.getElementById('sync-heard').textContent = `${outcome}: ${button.dataset.copies}`;
});
document.addEventListener('toggle', ({ target }) => {
  if (target.open === false)
    for (const button of target.querySelectorAll('[data-label]')) button.textContent = button.dataset.label;
}, true);
