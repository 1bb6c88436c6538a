/** A story as a file: saved, opened, and played again. */

import { button, field, h, say, set } from '../core/dom.js';
import { fileName } from '../logic/file-name.js';
import { NoStory, lastOf, readStory } from '../logic/story.js';
import { replayCard } from './replay.js';
import { card, save } from './parts.js';

const callsIn = ({ deeds }) => deeds.filter(({ kind }) => kind === 'call').length;

/** Saves the story of the last calls, or of all for `null`, as a file. */
export const saveStory = (app, last = null) =>
  app.attempt(async () => {
    const { t, state } = app;
    const file = await app.api.file(last === null ? 'bundle' : `bundle?last=${last}`);
    save(file, fileName(state.world, 'story.json', new Date()));
    const calls = callsIn(readStory(await file.text()));
    const wanted = Math.min(last ?? Infinity, state.calls.size);
    app.notice(t(calls < wanted ? 'story.savedSome' : 'story.saved', calls, state.calls.size));
  });

export function saveCard(app) {
  const { t } = app;
  const last = h('input', {
    class: 'form-control form-control-sm',
    type: 'number',
    min: '1',
    step: '1',
    inputmode: 'numeric',
    placeholder: t('story.allCalls'),
  });
  const take = () => {
    const asked = last.validity.badInput ? undefined : lastOf(last.value);
    if (asked === undefined) return app.notice(t('story.noNumber'), { bad: true });
    return saveStory(app, asked);
  };
  return card(
    t('story.save'),
    h('p', { class: 'note' }, t('story.saveNote')),
    h(
      'form',
      {
        class: 'story-form',
        prop: { noValidate: true },
        on: {
          submit: (event) => {
            event.preventDefault();
            take();
          },
        },
      },
      field(t('story.last'), last),
      h('button', { class: 'btn btn-sm btn-primary', id: 'save-story' }, t('story.saveThis')),
    ),
  );
}

/**
 * {root, differing(), dropOn(element)}. `changed(isAnother)` is told when `kept.opened` is another story, or none, or
 * was played; `select(id)` to which of its calls somebody wants to go.
 */
export function openCard(app, kept, { changed, select }) {
  const { t } = app;
  const input = h('input', {
    type: 'file',
    class: 'visually-hidden',
    id: 'open-story',
    accept: '.json,application/json',
  });
  const trouble = h('p', { class: 'story-trouble', role: 'alert', hidden: true });
  const whose = h('p', { class: 'story-whose' });
  const play = button(t('story.play'), 'btn-sm btn-primary', playIt, { id: 'play-story' });
  const back = button(t('story.shut'), 'btn-sm btn-outline-secondary', shut, { id: 'shut-story' });
  const actions = h('div', { class: 'actions' }, play, back);
  const outcome = h('div', { role: 'status' });
  const drop = h(
    'label',
    { class: 'drop', for: 'open-story' },
    h('span', { class: 'btn btn-sm btn-outline-secondary' }, t('story.choose')),
    h('span', { class: 'note' }, t('story.drop')),
  );
  const note = h('p', { class: 'note' }, t('story.openNote'));
  const root = card(t('story.open'), note, input, drop, trouble, whose, actions, outcome);
  let playing = false;

  input.addEventListener('change', () => {
    const [chosen] = input.files;
    if (chosen) take(chosen);
    input.value = '';
  });

  /** A file that falls on that element is opened. */
  function dropOn(element) {
    const over = (is) => (event) => {
      event.preventDefault();
      drop.classList.toggle('drop-over', is);
      const [dropped] = event.type === 'drop' ? event.dataTransfer.files : [];
      if (dropped) take(dropped);
    };
    element.addEventListener('dragover', over(true));
    element.addEventListener('dragleave', over(false));
    element.addEventListener('drop', over(false));
  }

  async function take(chosen) {
    trouble.hidden = true;
    try {
      const text = await chosen.text();
      kept.opened = { name: chosen.name, text, bundle: readStory(text), outcome: null };
    } catch (error) {
      if (!(error instanceof NoStory || error instanceof DOMException)) throw error;
      const why = error instanceof NoStory ? t(`story.${error.why}`, ...error.values) : error.message;
      say(trouble, t('story.notOpened', chosen.name, why));
      trouble.hidden = false;
      return;
    }
    show();
    changed(true);
  }

  function shut() {
    kept.opened = null;
    show();
    changed(true);
    input.focus();
  }

  async function playIt() {
    const { opened } = kept;
    if (playing) return;
    playing = true;
    set(play, 'aria-disabled', 'true'); // `disabled` would take the focus away
    say(play, t('story.playing'));
    await app.attempt(async () => {
      opened.outcome = await app.api.postText('replay', opened.text);
      await app.readWorlds();
    });
    playing = false;
    set(play, 'aria-disabled', null);
    say(play, t('story.play'));
    show();
    changed(false);
  }

  function differing() {
    return new Set((kept.opened?.outcome?.differences ?? []).map(({ id }) => id));
  }

  function show() {
    const { opened } = kept;
    whose.hidden = actions.hidden = outcome.hidden = !opened;
    outcome.replaceChildren();
    if (!opened) return;
    const { version, platform, deeds } = opened.bundle;
    const calls = callsIn(opened.bundle);
    say(whose, t('story.whose', opened.name, version, platform, calls, deeds.length - calls));
    if (opened.outcome) outcome.append(replayCard(app, opened.outcome, calls, select));
  }

  show();
  return { root, differing, dropOn };
}
