/** Faults that need more than a click: every Nth call fails, and a reply of the tester's own. */

import { choice, field, fill, h, say } from '../core/dom.js';
import { everyNth, replyIn } from '../logic/faults.js';
import { FIRST_API } from '../logic/search.js';
import { armAs } from './arming.js';
import { card, meaningOf } from './parts.js';

const chosen = { nth: 3, api: FIRST_API, error: 'network-unavailable', replyApi: FIRST_API, reply: '' }; // as in arming.js

export function composingCard(app) {
  const { t } = app;
  const form = (id, title, fields, submit) => {
    const heading = h('h3', { id: `${id}-title` }, title);
    const listener = (event) => {
      event.preventDefault();
      submit();
    };
    return h('form', { id, class: 'composing', 'aria-labelledby': heading.id, on: { submit: listener } }, heading, fields);
  };
  const armButton = () => h('button', { type: 'submit', class: 'btn btn-sm btn-outline-secondary' }, t('arm'));
  const apisOf = (rows) => [...new Set(rows.map(({ api }) => api))].map((api) => [api, api]);

  const nth = h('input', {
    type: 'number',
    class: 'form-control form-control-sm',
    min: 2,
    max: 1000,
    step: 1,
    required: true,
    value: chosen.nth,
    on: { input: () => { if (nth.checkValidity()) chosen.nth = Number(nth.value); } },
  });
  const nthError = choice([], '', (error) => { chosen.error = error; });
  const nthApi = choice([], '', (api) => {
    chosen.api = api;
    fillErrors();
  });
  const everyForm = form(
    'every-nth',
    t('everyNth'),
    [field(t('everyNth.api'), nthApi), field(t('everyNth.n'), nth), field(t('everyNth.error'), nthError), armButton()],
    () => {
      const { api, error, nth: n } = chosen;
      return armAs(app, everyNth(n, error), { api, times: null, name: t('everyNth.armed', n, api, error) });
    },
  );

  const flaw = h('p', { class: 'invalid-feedback', id: 'own-reply-flaw', role: 'alert' });
  const text = h('textarea', {
    class: 'form-control form-control-sm mono',
    rows: 4,
    spellcheck: 'false',
    autocomplete: 'off',
    on: { input: () => { chosen.reply = text.value; judge(false); } },
  });
  const replyApi = choice([], '', (api) => {
    if (chosen.reply === exampleOf(chosen.replyApi)) chosen.reply = text.value = exampleOf(api);
    chosen.replyApi = api;
    judge(false);
  });
  const exampleOf = (api) => (app.state.backend.includes(api) ? '{"errcode": -1}' : `{"errMsg": "${api}:fail "}`);
  chosen.reply ||= exampleOf(chosen.replyApi);
  text.value = chosen.reply;

  /** What is wrong is told once somebody arms, and no longer than it is so. */
  function judge(tell) {
    const { reply, wrong } = replyIn(chosen.reply, chosen.replyApi, app.state.backend);
    if (tell || !wrong) {
      say(flaw, wrong ? t(`reply.${wrong}`, chosen.replyApi) : '');
      text.classList.toggle('is-invalid', Boolean(wrong));
      if (wrong) text.setAttribute('aria-invalid', 'true');
      else text.removeAttribute('aria-invalid');
    }
    return reply;
  }
  const textField = field(t('ownReply.json'), text, t('ownReply.told'));
  text.setAttribute('aria-describedby', `${text.getAttribute('aria-describedby')} ${flaw.id}`);
  text.after(flaw);
  const replyForm = form(
    'own-reply',
    [t('ownReply'), ' ', h('span', { class: 'inferred' }, t('undocumented'))],
    [field(t('ownReply.api'), replyApi), textField, armButton()],
    () => {
      const reply = judge(true);
      if (reply === undefined) return text.focus();
      return armAs(app, { reply }, { api: chosen.replyApi, times: null, name: t('ownReply') });
    },
  );

  function fillErrors() {
    const rows = app.state.rows.filter(({ api }) => api === chosen.api);
    if (rows.length && !rows.some(({ name }) => name === chosen.error)) chosen.error = rows[0].name;
    fill(nthError, rows.map(({ name }) => [name, `${name} · ${meaningOf(app, name)}`]), chosen.error);
  }

  return {
    root: card(t('composing'), h('p', { class: 'note' }, t('composingNote')), everyForm, replyForm),
    update() {
      const apis = apisOf(app.state.rows);
      fill(nthApi, apis, chosen.api);
      fill(replyApi, apis, chosen.replyApi);
      fillErrors();
    },
  };
}
