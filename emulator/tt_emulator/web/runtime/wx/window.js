// The platform's windows over the game.
import { askPlayer } from '../dialogs.js';
import { button, element, setStyle } from '../elements.js';
import { ASKING_SENTENCES } from './asking-sentences.js';

const KINDS = {
  scope: { title: 'permission', no: 'refuse', yes: 'allow' },
  privacy: { title: 'privacy', no: 'refuse', yes: 'agree' },
  confirmation: { title: 'confirmation', no: 'cancel', yes: 'send' },
};

/** Draws a window of that kind with the text of that name; → a promise of what the player answers. `api` waits for it. */
export function drawWindow(kind, text, api) {
  const { title, no, yes } = KINDS[kind];
  const words = { role: 'alertdialog', 'aria-modal': 'true', 'aria-label': ASKING_SENTENCES[title](), 'aria-describedby': 'asked' };
  const why = element('small', {}, [ASKING_SENTENCES.waiting(api)]);
  setStyle(why, { display: 'block', 'margin-top': '.6rem' });
  return askPlayer(words, (choose) => [
    element('header', {}, [element('h2', {}, [ASKING_SENTENCES[title]()])]),
    element('p', { id: 'asked' }, [ASKING_SENTENCES[text](), why]),
    element('footer', {}, [button(ASKING_SENTENCES[no](), choose(false)), button(ASKING_SENTENCES[yes](), choose(true), { class: 'main' })]),
  ]);
}
