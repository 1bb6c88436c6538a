/** A link and a QR code that open the game as a given player, or this page. */

import { choice, field, fill, h, say } from '../core/dom.js';
import { gameOrigin } from '../logic/game-address.js';
import { gameLink, isLoopback, pageLink } from '../logic/links.js';
import { card, copyButton } from './parts.js';

const QUIET = 4; // the white modules round a QR code that cameras need
const SVG = 'http://www.w3.org/2000/svg';
const wanted = { kind: 'game', page: '', player: 'player-2', origin: '', token: false };

export function linkView(app) {
  const { t, state } = app;
  let asked = '';
  let gameUrl = null; // of the package that is played
  const text = (name, placeholder, list = null) => {
    const input = h('input', {
      class: 'form-control form-control-sm',
      id: `link-${name}`,
      value: wanted[name],
      placeholder,
      list,
      autocomplete: 'off',
      spellcheck: 'false',
    });
    input.addEventListener('input', () => {
      wanted[name] = input.value.trim();
      show();
    });
    return input;
  };
  const kinds = choice(
    ['game', 'page'].map((name) => [name, t(`link.${name}`)]),
    wanted.kind,
    (value) => {
      wanted.kind = value;
      show();
    },
    { id: 'link-kind' },
  );
  const origins = choice(
    [],
    '',
    (value) => {
      wanted.origin = value;
      show();
    },
    { id: 'link-origin' },
  );
  const pageInput = text('page', '');
  const pageHint = h('span', {});
  const page = field(t('linkPage'), pageInput, pageHint);
  const player = field(t('player'), text('player', 'player-1', 'offer-players'));
  const withToken = h('input', { type: 'checkbox', class: 'form-check-input', id: 'link-token' });
  withToken.addEventListener('change', () => {
    wanted.token = withToken.checked;
    show();
  });
  const token = h(
    'div',
    { class: 'form-check' },
    withToken,
    h('label', { class: 'form-check-label', for: 'link-token' }, t('linkToken')),
  );
  const command = h('pre', { class: 'json', tabindex: '0' });
  const local = h(
    'div',
    { class: 'local' },
    h('p', {}, t('linkLocal')),
    command,
    h('p', { class: 'note' }, t('linkLocalNote')),
  );
  const link = h('a', { class: 'link', id: 'shown-link', target: '_blank' }); // #link is this view's address
  const code = h('div', { class: 'qr' });
  const root = h(
    'div',
    { class: 'link-view' },
    card(
      t('view.link'),
      h('div', { class: 'fields' }, field(t('linkKind'), kinds), field(t('linkOrigin'), origins), player),
      page,
      token,
      h(
        'div',
        { class: 'link-line' },
        link,
        copyButton(app, t('copy'), () => link.href),
      ),
      local,
    ),
    h('section', { class: 'card qr-card', 'aria-label': t('qr') }, code, h('p', { class: 'note' }, t('qrNote'))),
  );

  function show() {
    if (!wanted.origin) return; // the addresses are on their way
    const { hostname } = new URL(wanted.origin);
    const ofGame = wanted.kind === 'game';
    page.hidden = player.hidden = !ofGame;
    token.hidden = ofGame || !app.token();
    local.hidden = !isLoopback(hostname);
    const secret = wanted.token ? app.token() : null;
    const origin = gameUrl === null || wanted.page ? wanted.origin : gameOrigin(gameUrl, hostname);
    pageInput.placeholder = `${origin}/`;
    say(pageHint, t(gameUrl === null ? 'linkPageHint' : 'linkPageHintPlayed', app.state.platform.global_name));
    say(command, `tt-emulator ${gameUrl === null ? 'start' : 'play …'} --host 0.0.0.0`);
    let href = '';
    try {
      href = ofGame
        ? gameLink(origin, { ...wanted, world: state.world })
        : pageLink(wanted.origin, { world: state.world, token: secret });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    link.hidden = !href;
    link.href = href;
    say(link, href);
    draw(href);
  }

  async function draw(href) {
    if (href === asked) return;
    asked = href;
    code.replaceChildren(); // a camera must not find the link before
    if (!href) {
      code.replaceChildren(h('p', { class: 'note' }, t('linkBad')));
      return;
    }
    const done = await app.attempt(async () => {
      const { rows } = await app.api.get(`qr?text=${encodeURIComponent(href)}`);
      if (href === asked) code.replaceChildren(drawn(rows, t('qr')));
    });
    if (!done && href === asked) asked = '';
  }

  async function read() {
    const { urls, game_url } = await app.api.get('addresses');
    gameUrl = game_url;
    const all = [...new Set([...urls, location.origin])];
    if (!all.includes(wanted.origin)) [wanted.origin] = all;
    fill(
      origins,
      all.map((url) => [url, url]),
      wanted.origin,
    );
    show();
  }

  return {
    root,
    update(what) {
      if (what.has('all') || what.has('worlds')) app.attempt(read);
    },
  };
}

/** The code as an image: one path over all dark modules, white round it in every theme. */
function drawn(rows, label) {
  const size = rows.length + 2 * QUIET;
  const make = (tag, attributes) => {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const dark = rows
    .flatMap((row, y) => [...row].map((bit, x) => (bit === '1' ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('');
  const image = make('svg', {
    viewBox: `0 0 ${size} ${size}`,
    role: 'img',
    'aria-label': label,
    'shape-rendering': 'crispEdges',
  });
  image.append(make('rect', { width: size, height: size, fill: '#fff' }), make('path', { d: dark, fill: '#000' }));
  return image;
}
