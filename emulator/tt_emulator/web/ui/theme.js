/*
 * The colours, set before anything is drawn; a module would come too late and flash.
 */
(function () {
  'use strict';

  const dark = matchMedia('(prefers-color-scheme: dark)');
  let chosen = null;
  try {
    chosen = localStorage.getItem('tt-emulator.theme');
  } catch {
    /* storage is switched off: the system's colours */
  }

  function apply() {
    const theme = chosen || (dark.matches ? 'dark' : 'light');
    document.documentElement.setAttribute('data-bs-theme', theme);
  }

  apply();
  dark.addEventListener('change', apply);
  window.theme = {
    /** `null` is the system's. */
    get chosen() {
      return chosen;
    },
    choose(name) {
      chosen = name;
      apply();
    },
  };
})();
