/*
 * Draws the game, without words: `view` is what the game knows. Lengths are hundredths of the stage's
 * width, the tower's first block has level 0.
 */
(function () {
  'use strict';

  const { STAGE } = window.tower;
  const BLOCK = 8;
  const GROUND = 16;
  const FONT = 'system-ui, -apple-system, "Segoe UI", "PingFang SC", sans-serif';
  const CLOUD_TONES = { safe: '#8fe3b4', busy: '#b9c3e6', failed: '#ffb08f' };
  const CLOUD_MARKS = { safe: '✓', busy: '…', failed: '!' };

  /** How far the picture has to move down so that a tower of `count` blocks has air above it. */
  const cameraGoal = (count, height) => Math.max(0, (count + 1) * BLOCK + GROUND - height * 0.62);

  function box(pen, left, top, width, tall, radius) {
    pen.beginPath();
    if (pen.roundRect) pen.roundRect(left, top, width, tall, Math.min(radius, width / 2));
    else pen.rect(left, top, width, tall);
  }

  function drawBlock(pen, block, top, level, tall = BLOCK - 0.4) {
    const hue = (196 + level * 9) % 360;
    pen.fillStyle = `hsl(${hue}, 56%, 57%)`;
    box(pen, block.left, top, block.width, tall, 1.2);
    pen.fill();
    pen.fillStyle = `hsl(${hue}, 70%, 72%)`;
    box(pen, block.left, top, block.width, 1.8, 0.9);
    pen.fill();
  }

  function drawSky(pen, { tower, camera, height }) {
    const hue = 230 + Math.min(tower.score, 40);
    const sky = pen.createLinearGradient(0, 0, 0, height);
    sky.addColorStop(0, `hsl(${hue}, 44%, 12%)`);
    sky.addColorStop(1, `hsl(${hue - 20}, 46%, 31%)`);
    pen.fillStyle = sky;
    pen.fillRect(0, 0, STAGE, height);
    pen.fillStyle = 'rgba(255, 255, 255, 0.5)';
    for (let star = 1; star <= 36; star += 1) {
      const size = 0.28 + (star % 3) * 0.14;
      const drift = star * 61.8 + camera * (0.08 + (star % 4) * 0.04);
      pen.fillRect((star * 38.2) % STAGE, drift % (height * 0.85), size, size);
    }
  }

  function drawTower(pen, { tower, falling, flash, camera, height }) {
    const topOf = (level) => height - GROUND - (level + 1) * BLOCK + camera;
    tower.blocks.forEach((block, level) => {
      drawBlock(pen, block, topOf(level), level, level === 0 ? height : undefined);
    });
    if (!tower.over) drawBlock(pen, tower.moving, topOf(tower.blocks.length), tower.blocks.length);
    for (const piece of falling) drawBlock(pen, piece, topOf(piece.level) + piece.fallen, piece.level);
    if (!flash) return;
    const { left, width } = tower.blocks[flash.level];
    const grown = flash.age * 16;
    pen.strokeStyle = `rgba(255, 255, 255, ${0.9 - flash.age * 1.8})`;
    pen.lineWidth = 0.7;
    box(pen, left - grown, topOf(flash.level) - grown, width + 2 * grown, BLOCK + 2 * grown, 2);
    pen.stroke();
  }

  function write(pen, text, size, x, y, tone) {
    pen.font = `600 ${size}px ${FONT}`;
    pen.fillStyle = tone;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(text, x, y);
  }

  function drawCloud(pen, { state, text }, x, y) {
    pen.fillStyle = CLOUD_TONES[state];
    pen.beginPath();
    for (const [dx, dy, radius] of [[-2.4, 0.7, 1.7], [0, -0.4, 2.6], [2.5, 0.6, 1.8]]) {
      pen.moveTo(x + dx + radius, y + dy);
      pen.arc(x + dx, y + dy, radius, 0, 2 * Math.PI);
    }
    pen.rect(x - 2.4, y, 4.9, 2.4);
    pen.fill();
    write(pen, CLOUD_MARKS[state], 3, x, y + 0.4, '#1b2340');
    write(pen, text, 3, STAGE / 2, y + 6.4, CLOUD_TONES[state]);
  }

  function drawScore(pen, { tower, height, best, saved }) {
    if (tower.over) {
      pen.fillStyle = 'rgba(12, 16, 36, 0.55)';
      pen.fillRect(0, 0, STAGE, height);
      write(pen, '↻', 20, STAGE / 2, height * 0.52, '#ffffff');
    }
    write(pen, String(tower.score), 15, STAGE / 2, 14, '#ffffff');
    write(pen, `★ ${best}`, 4.8, STAGE / 2 - 5, 26, '#ffe3a3');
    drawCloud(pen, saved, STAGE / 2 + 8, 25.6);
  }

  function drawScene(pen, view) {
    const scale = pen.canvas.width / STAGE;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    drawSky(pen, view);
    drawTower(pen, view);
    drawScore(pen, view);
  }

  window.scene = { cameraGoal, drawScene };
})();
