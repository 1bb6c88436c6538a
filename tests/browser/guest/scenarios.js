/*
 * A game that uses all of tt where nothing of the browser is left as it was. It uses callbacks and natives that it took
 * before, and writes what it saw into `seen`. Each step ends by calling `next`.
 */
(function () {
  'use strict';

  const { addEventListener, dispatchEvent } = EventTarget.prototype;
  const { apply, construct } = Reflect;
  const { Event, PointerEvent, setTimeout, stringify } = { Event, PointerEvent, setTimeout, stringify: JSON.stringify };
})();
