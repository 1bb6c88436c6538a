/** A player whom no address can name, and so not this page: why, and how to reach them all the same. */

import { h, own } from '../core/dom.js';
import { byHand } from '../logic/snippets.js';
import { card } from './parts.js';

export function unaddressablePlayer(app, openid) {
  const { t, state } = app;
  const lines = byHand(openid, { url: location.origin, world: state.world });
  return {
    read() {},
    root: h(
      'article',
      { 'aria-label': openid },
      card(
        '',
        h('a', { class: 'back', href: '#players' }, t('back')),
        h('h2', {}, own(openid)),
        h('p', {}, t('unaddressable', openid)),
        h('pre', { class: 'json', tabindex: '0', 'aria-label': t('unaddressableLines') }, lines),
      ),
    ),
  };
}
