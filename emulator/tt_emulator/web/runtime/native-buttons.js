// Buttons that games have the platform lay over their canvas.
import { button, overlay, setStyle } from './elements.js';
import { array, each } from './language.js';
import { object, reportError, String } from './natives.js';
import { asObject } from './passed.js';
import { createSignal } from './signals.js';

const IN_PIXELS = { left: 'left', top: 'top', width: 'width', height: 'height', lineHeight: 'line-height', fontSize: 'font-size',
  borderRadius: 'border-radius', borderWidth: 'border-width' };
const AS_TEXT = { backgroundColor: 'background-color', borderColor: 'border-color', color: 'color', textAlign: 'text-align' };

/** A style as games give it, as CSS. */
function cssOf(style) {
  const css = { position: 'absolute', padding: '0', 'pointer-events': 'auto' };
  each(IN_PIXELS, (name, property) => { if (typeof style[name] === 'number') css[property] = style[name] + 'px'; });
  each(AS_TEXT, (name, property) => { if (typeof style[name] === 'string') css[property] = style[name]; });
  return css;
}

/** {type, text, image, style, show, hide, destroy, onTap, offTap}; `answer(options, heard)` says what a tap is told. */
export function createNativeButton(passed, answer) {
  const options = asObject(passed);
  const { type = 'text', text = '', image = '' } = options;
  const style = object.assign({}, asObject(options.style));
  const taps = createSignal((error) => reportError(error));
  const drawn = button(type === 'text' ? String(text) : '', () => answer(options, taps.emit), { 'aria-label': String(text || '按钮') });
  setStyle(drawn, cssOf(style));
  if (type === 'image') setStyle(drawn, { background: 'center / 100% 100% no-repeat url("' + String(image) + '")' });
  let remove = null;
  const hide = () => { if (remove !== null) remove(); remove = null; };
  const show = () => {
    hide();
    setStyle(drawn, cssOf(style)); // a game may have changed it
    remove = overlay([drawn], 'passing');
  };
  show();
  return { type, text, image, style, show, hide, destroy: hide, onTap: taps.on, offTap: taps.off };
}

const LIKE = ['createOpenSettingButton', 'createGameClubButton', 'createFeedbackButton'];

/** `call(api, options)` calls the platform. */
export const buttonMembers = (call) => ({
  ...array.reduce(LIKE, (members, name) => (
    { ...members, [name]: (passed) => createNativeButton(passed, (options, heard) => heard({ errMsg: name + ':ok' })) }), {}),
  createUserInfoButton: (passed) => createNativeButton(passed, ({ withCredentials }, complete) => call('getUserInfo', { withCredentials, complete })),
});
