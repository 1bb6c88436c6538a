/** The phone with the game on it, and what one does to a phone. It stays when the language is another: the frame would begin anew. */

import { button, choice, fill, h, say, set } from '../core/dom.js';
import { PHONES, phoneOf, scaleIn } from '../logic/phones.js';

/** `openPanel()` shows what stands beside the game, where the screen is too narrow for both. */
export function createStage(app, game, openPanel) {
  const { t } = app;

  const safe = h('div', { class: 'safe', 'aria-hidden': 'true' });
  const more = button('•••', 'capsule-more', openPanel);
  const leave = button('', 'capsule-leave', () => game.hide(true));
  const capsule = h('div', { class: 'capsule', role: 'group' }, more, leave);
  const away = h('p', {});
  const back = button('', 'btn-light', () => game.hide(false));
  const cover = h('div', { class: 'cover' }, away, back);
  const phone = h('div', { class: 'phone' }, safe, capsule, cover);
  const holder = h('div', { class: 'holder' }, phone);
  const bar = h('div', { class: 'bar', role: 'toolbar' });
  const told = h('p', { class: 'told' });
  const nothing = h('p', { class: 'unplayed' });
  const root = h('section', { class: 'stage' }, bar, holder, told, nothing);

  const act = (name, click) => button('', 'btn-sm btn-outline-secondary', click, { id: `play-${name}` });
  const offline = act('offline', game.toggleNetwork);
  const background = act('background', () => game.hide(!game.state.isHidden));
  const sound = act('sound', () => game.silence(!game.state.isSilent));
  const reload = act('reload', game.reload);
  const picture = act('picture', game.savePicture);
  const turn = act('turn', () => game.set('isLandscape', !game.state.isLandscape));
  const size = choice(
    PHONES.map(({ name }) => [name, name]),
    game.state.phone,
    game.choosePhone,
    { id: 'play-size' },
  );
  bar.append(reload, offline, background, sound, picture, size, turn);

  function layOut() {
    const { width, height, insets } = phoneOf(game.state.phone, game.state.isLandscape);
    const isFull = matchMedia('(max-width: 62rem)').matches;
    const room = { width: holder.clientWidth - 24, height: Math.max(280, innerHeight - holder.getBoundingClientRect().top - scrollY - 64) };
    const scale = isFull ? 1 : scaleIn({ width: width + 24, height: height + 24 }, room);
    phone.style.setProperty('--width', `${width}px`);
    phone.style.setProperty('--height', `${height}px`);
    phone.style.setProperty('--scale', scale);
    holder.style.setProperty('--tall', `${(height + 24) * scale}px`);
    for (const [side, length] of Object.entries(insets)) phone.style.setProperty(`--${side}`, `${length}px`);
    return { width, height, scale };
  }
  function label() {
    set(root, 'aria-label', t('play.stage'));
    set(bar, 'aria-label', t('play.bar'));
    set(capsule, 'aria-label', t('play.capsule'));
    set(game.frame, 'title', t('play.frame'));
    set(more, 'aria-label', t('play.more'));
    set(leave, 'aria-label', t('play.background'));
    set(size, 'aria-label', t('play.size'));
    say(reload, t('play.reload'));
    say(offline, t('play.offline'));
    say(background, t('play.background'));
    say(sound, t('play.silent'));
    say(picture, t('play.picture'));
    say(turn, t('play.turn'));
    say(away, t('play.away'));
    say(back, t('play.foreground'));
  }

  function show() {
    const { standing, isHidden, isSilent, network } = game.state;
    const isPlaying = standing === 'playing';
    for (const part of [bar, holder, told]) part.hidden = !isPlaying;
    nothing.hidden = standing !== 'nothing';
    nothing.replaceChildren(t('play.nothing'), ' ', h('code', {}, 'tt-emulator play DIR'));
    label();
    set(offline, 'aria-pressed', String(network === 'offline'));
    set(background, 'aria-pressed', String(isHidden));
    set(sound, 'aria-pressed', String(isSilent));
    cover.hidden = !isHidden;
    set(game.frame, 'inert', isHidden);
    fill(size, PHONES.map(({ name }) => [name, name]), game.state.phone);
    if (!isPlaying) return;
    if (!game.frame.isConnected) phone.prepend(game.frame); // with its address: an empty one would be of this origin
    const { width, height, scale } = layOut();
    const ratio = app.state.settings?.system?.pixelRatio ?? devicePixelRatio;
    say(told, t('play.measures', width, height, ratio, Math.round(scale * 100)));
  }
  new ResizeObserver(layOut).observe(root);
  addEventListener('resize', layOut);

  return { root, bar, show };
}
