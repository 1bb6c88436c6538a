/*
 * The game, written as for Douyin: it knows `tt` and a canvas, and keeps its best score in the cloud.
 */
(function () {
  'use strict';

  const { STAGE, newTower, advance, drop } = window.tower;
  const { cameraGoal, drawScene } = window.scene;
  const KEYS = [' ', 'Enter', 'ArrowDown'];
  const GRAVITY = 260;
  const FLASH_S = 0.5;
  const RESTART_AFTER_S = 0.4;

  class Game {
    constructor(tt, canvas) {
      this.tt = tt;
      this.canvas = canvas;
      this.pen = canvas.getContext('2d');
      this.cloud = window.createCloudSave(tt, 'stack_best');
      this.best = 0;
      this.saved = { state: 'busy', text: '' };
      this.begin();
    }

    begin() {
      this.tower = newTower();
      this.falling = [];
      this.flash = null;
      this.camera = 0;
      this.overFor = 0;
    }

    start() {
      this.fit();
      window.addEventListener('resize', () => this.fit());
      this.canvas.addEventListener('pointerdown', () => this.tap());
      document.addEventListener('keydown', (event) => {
        const here = event.target === this.canvas || (event.target === document.body && event.key === ' ');
        if (!here || !KEYS.includes(event.key)) return;
        event.preventDefault(); // or the page scrolls
        if (!event.repeat) this.tap();
      });
      this.cloud.open((failure, score) => this.heard(failure, score));
      let last = null;
      const frame = (now) => {
        this.move(last === null ? 0 : Math.min((now - last) / 1000, 0.05));
        last = now;
        drawScene(this.pen, this);
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
    }

    fit() {
      const { clientWidth, clientHeight } = this.canvas;
      const { pixelRatio } = this.tt.getSystemInfoSync();
      this.canvas.width = Math.round(clientWidth * pixelRatio);
      this.canvas.height = Math.round(clientHeight * pixelRatio);
      this.height = (STAGE * clientHeight) / clientWidth;
    }

    tap() {
      if (this.tower.over) {
        if (this.overFor > RESTART_AFTER_S) this.begin();
        return;
      }
      const level = this.tower.blocks.length;
      const { kind, piece } = drop(this.tower);
      if (kind === 'perfect') this.flash = { level, age: 0 };
      if (piece) this.falling.push({ ...piece, level, fallen: 0, speed: 0 });
      if (kind === 'miss') this.submit();
    }

    move(seconds) {
      if (this.tower.over) this.overFor += seconds;
      else advance(this.tower, seconds);
      for (const piece of this.falling) {
        piece.speed += GRAVITY * seconds;
        piece.fallen += piece.speed * seconds;
      }
      this.falling = this.falling.filter((piece) => piece.fallen < 2 * this.height);
      if (this.flash) this.flash.age += seconds;
      if (this.flash && this.flash.age > FLASH_S) this.flash = null;
      const goal = cameraGoal(this.tower.blocks.length, this.height);
      this.camera += (goal - this.camera) * Math.min(1, 6 * seconds);
    }

    submit() {
      this.best = Math.max(this.best, this.tower.score);
      this.saved = { state: 'busy', text: '' };
      this.cloud.submit(this.best, (failure, score) => this.heard(failure, score));
    }

    /** Reads the score once more. */
    load() {
      this.cloud.load((failure, score) => this.heard(failure, score));
    }

    /** Writes the best score once more. */
    saveBest() {
      this.saved = { state: 'busy', text: '' };
      this.cloud.save(this.best, (failure, score) => this.heard(failure, score));
    }

    heard(failure, score) {
      if (failure) {
        this.saved = { state: 'failed', text: String(failure.errorCode || failure.errMsg) };
        return;
      }
      this.best = Math.max(this.best, score);
      this.saved = { state: 'safe', text: '' };
    }
  }

  window.Game = Game;
})();
