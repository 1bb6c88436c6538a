/** Pieces that several views show: armed faults, outcomes, JSON, things to copy and to save. */

import { button, h, own, say, set } from '../core/dom.js';
import { codeOf, outcomeOf } from '../logic/calls.js';
import { clausesOf, clockText, errorTitle, kindOf, leftMs } from '../logic/faults.js';

/** A fault in words: what it does. */
export function titleOf(app, fault) {
  const [kind, word] = kindOf(fault);
  if (kind === 'delay') return `${app.t('kind.delay')} ${word}`;
  if (kind !== 'error') return `${app.t(`kind.${kind}`)}: ${word}`;
  return errorTitle(app.state.rows, fault);
}

/** The clauses of a fault as one text. */
export const scopeOf = (app, fault) =>
  clausesOf(fault)
    .filter(([name]) => name !== 'label')
    .map(([name, value]) => (name === 'api' ? value : `${app.t(`clause.${name}`)} ${value}`))
    .join(' · ');

/** How much of it is left, in words; of a fault of a story nobody counts. */
export function remainsOf(app, { remaining, hits }) {
  if (hits === undefined) return '';
  return remaining === null ? app.t('hitsOnly', hits) : app.t('hitsAndLeft', hits, remaining);
}

/** One armed fault: what, how much is left, how long, and the way to take it off. */
export function armedChip(app, fault) {
  const { t } = app;
  const remains = h('span', { class: 'chip-left' });
  const time = h('span', { class: 'chip-time', title: t('endsIn') });
  const title = titleOf(app, fault);
  const off = () => app.attempt(() => app.api.remove(`faults/${fault.id}`), t('disarmedOne', title));
  const chip = h(
    'li',
    { class: 'chip', 'data-fault': fault.id },
    h('span', { class: 'chip-title' }, title),
    own(scopeOf(app, fault), { class: 'chip-scope' }),
    remains,
    time,
    h('button', { type: 'button', class: 'btn-close', 'aria-label': t('disarmNamed', title), on: { click: off } }),
  );
  chip.show = (now, atMs) => {
    say(remains, remainsOf(app, now));
    const left = leftMs(now, atMs);
    say(time, left === null ? t('noEnd') : clockText(left));
    chip.classList.toggle('chip-endless', left === null);
  };
  return chip;
}

const OUTCOMES = { ok: 'good', fail: 'bad', lost: 'lost', pending: 'wait' };

/** A badge for what became of a call. */
export function outcomeBadge(app, exchange, badge = h('span', {})) {
  const outcome = outcomeOf(exchange);
  set(badge, 'class', `outcome outcome-${OUTCOMES[outcome]}`);
  say(badge, outcome === 'fail' ? (codeOf(exchange) ?? app.t('outcome.fail')) : app.t(`outcome.${outcome}`));
  return badge;
}

/** The meaning of an error name, as the beginning of a line. */
export function meaningOf(app, name) {
  const text = app.words(app.state.meanings[name]);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** JSON to look at. */
export const json = (value, label) =>
  h('pre', { class: 'json', tabindex: '0', 'aria-label': label }, JSON.stringify(value, null, 2));

/** A button that copies what `text()` gives. */
export function copyButton(app, label, text, kind = 'btn-sm btn-outline-secondary') {
  return button(
    label,
    kind,
    async () => {
      await copy(await text());
      app.notice(app.t('copied', label));
    },
    { 'data-copy': label },
  );
}

/** To the clipboard; over plain HTTP from another machine only the old way works. */
export async function copy(text) {
  if (navigator.clipboard && isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return;
    } catch {
      /* no permission: the old way */
    }
  }
  const area = h('textarea', { class: 'visually-hidden', 'aria-hidden': 'true' });
  document.body.append(area);
  area.value = text;
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Hands a Blob to the browser as a file. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  h('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** A card with a heading. */
export function card(title, ...children) {
  return h('section', { class: 'card' }, h('h2', {}, title), ...children);
}

const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hour12: false,
});

/** 14:03:07.221, where the reader is. */
export const timeOf = (moment) => time.format(new Date(moment));

/** 3 → "3.0 ms", 1234 → "1.23 s". */
export function durationOf(ms) {
  if (ms === null) return '';
  return ms < 1000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

/** Arms faults (a list, or one), and tells, with what the server remarks on them. */
export function arm(app, spec, name) {
  return app.attempt(async () => {
    const armed = await app.api.post('faults', spec);
    const remarks = (armed.faults ?? [armed]).map((fault) => fault.notice).filter(Boolean);
    for (const remark of new Set(remarks)) app.notice(remark);
  }, app.t('armedNamed', name));
}

/** A field for the name of a world or a snapshot; which names can be is the server's to say. */
export function nameInput(id, label) {
  return h('input', {
    class: 'form-control form-control-sm',
    id,
    'aria-label': label,
    placeholder: label,
    autocomplete: 'off',
    spellcheck: 'false',
  });
}

/** Only pictures that need no network: the page loads nothing from elsewhere. */
export const safePicture = (url) => (
  /^data:image\//.test(url) || String(url).startsWith(`${location.origin}/avatars/`) ? url : null);

/** Beside an error that no page documents, but somebody has seen. */
export const seenMark = ({ t }, evidence, source) =>
  evidence === 'seen' && h('span', { class: 'seen', title: t('seenTold', source) }, t('seen'));
