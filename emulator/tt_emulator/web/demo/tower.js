/*
 * The rules of the game: a block slides to and fro, drop it on the tower, what hangs over is cut off.
 * Lengths are hundredths of the stage's width.
 */
(function () {
  'use strict';

  const STAGE = 100;
  const FIRST = { left: 28, width: 44 };
  const PERFECT_WITHIN = 1.4;

  function nextBlock(score, width) {
    const fromLeft = score % 2 === 0;
    return {
      left: fromLeft ? 0 : STAGE - width,
      width,
      speed: (fromLeft ? 1 : -1) * Math.min(46 + 2 * score, 120),
    };
  }

  function newTower() {
    return { blocks: [FIRST], moving: nextBlock(0, FIRST.width), score: 0, over: false };
  }

  /** Moves the sliding block on by `seconds`; it turns at the edges. */
  function advance(tower, seconds) {
    const { moving } = tower;
    const farthest = STAGE - moving.width;
    const left = moving.left + moving.speed * seconds;
    if (left < 0 || left > farthest) moving.speed = -moving.speed;
    moving.left = Math.min(Math.max(left, 0), farthest);
  }

  /** Drops the sliding block. → {kind: 'perfect' | 'cut' | 'miss', piece: what falls off, or null} */
  function drop(tower) {
    const { moving } = tower;
    const top = tower.blocks[tower.blocks.length - 1];
    const shift = moving.left - top.left;
    const width = top.width - Math.abs(shift);
    if (width <= 0) {
      tower.over = true;
      return { kind: 'miss', piece: { left: moving.left, width: moving.width } };
    }
    const perfect = Math.abs(shift) < PERFECT_WITHIN;
    const laid = perfect ? { left: top.left, width: top.width } : { left: Math.max(moving.left, top.left), width };
    const cutAt = shift < 0 ? moving.left : top.left + top.width;
    tower.blocks.push(laid);
    tower.score += 1;
    tower.moving = nextBlock(tower.score, laid.width);
    return perfect ? { kind: 'perfect', piece: null } : { kind: 'cut', piece: { left: cutAt, width: Math.abs(shift) } };
  }

  const rules = { STAGE, newTower, advance, drop };
  if (typeof module === 'object' && module.exports) module.exports = rules;
  else window.tower = rules;
})();
