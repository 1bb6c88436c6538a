/* Compiled, never run: what a program of CommonJS may write. */
import tt = require('../vendor/tt.js');

tt.createTT({ player: 'bob' }).login();
export const show = (page: tt.PageTT) => page.showToast({ title: tt.version });
