/*
 * The main domain's side of the friends' board: it asks the open data domain to draw, and shows what is there.
 */
(function () {
  'use strict';

  /** Shows the friends' board of `key` on `canvas` from the first refresh on. */
  function createBoard(tt, canvas, key) {
    const pen = canvas.getContext('2d');
    let context = null;

    function frame() { // every time: the open data domain cannot say when it has drawn
      const { width, height } = context.canvas;
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      pen.clearRect(0, 0, width, height);
      if (width > 0 && height > 0) pen.drawImage(context.canvas, 0, 0);
      requestAnimationFrame(frame);
    }

    return {
      refresh() {
        const first = context === null;
        if (first) context = tt.getOpenDataContext();
        context.postMessage({ type: 'show', key, width: canvas.clientWidth, scale: tt.getSystemInfoSync().pixelRatio });
        if (first) frame();
      },
    };
  }

  window.createBoard = createBoard;
})();
