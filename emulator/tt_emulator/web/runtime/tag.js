// The script element of this script.
import { SCRIPT } from '#platform/names.js';
import { currentScript } from './browser.js';
import { inPage } from './natives.js';

const ownTag = currentScript || (inPage ? document.querySelector('script[src*="/' + SCRIPT + '"]') : null);
export const tag = ownTag // an image of it: its properties are the browser's
  ? { src: ownTag.src, nonce: ownTag.nonce, data: { ...ownTag.dataset }, state: ownTag.state, handover: ownTag.handover, realm: ownTag.realm }
  : { src: '', nonce: '', data: {} };
