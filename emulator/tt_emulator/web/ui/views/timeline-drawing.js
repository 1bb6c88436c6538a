/** A timeline on a canvas: only what the window shows, and no pixel twice. */

import { outcomeOf } from '../logic/calls.js';
import { ACTS, AXIS_PX, LABEL_PX, LANE_PX, gaps, pixelOf, ticks, within } from '../logic/timeline.js';

const BAR_PX = 12;
const LEAST_PX = 3; // that a call is wide
const SIGN_PX = 9;
const TICK_PX = 92;
const COLOURS = ['good', 'bad', 'bad-solid', 'wait', 'soft', 'line', 'card', 'wash', 'accent', 'bs-body-color'];
const BARS = { ok: 'good', fail: 'bad', lost: 'bad-solid', pending: 'wait' };

/** The page's colours of now, by the names of the style sheet. */
export function coloursOf(element) {
  const style = getComputedStyle(element);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/**
 * @param {{layout, window, width: number, height: number, top: number, chosen: string|null, differing: Set<number>,
 * colours, family: string, acts: string, tickText: (ms: number, step: number) => string}} scene `top` is scrolled away,
 * `acts` names their row, `differing` are calls that ended otherwise
 */
export function draw(context, scene) {
  const { layout, height, width, top, colours } = scene;
  context.clearRect(0, 0, width, height);
  context.textBaseline = 'middle';
  const marks = ticks(scene.window, width, TICK_PX);
  lines(context, scene, marks.at.map((at) => pixelOf(at, scene.window, width)), colours.line);
  for (const row of layout.rows) {
    if (row.top + row.height < top || row.top > top + height) continue;
    drawRow(context, scene, row);
  }
  drawAxis(context, scene, marks);
}

function lines(context, { height }, places, colour, dash = []) {
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.setLineDash(dash);
  context.beginPath();
  for (const x of places) {
    context.moveTo(Math.round(x) + 0.5, AXIS_PX);
    context.lineTo(Math.round(x) + 0.5, height);
  }
  context.stroke();
  context.setLineDash([]);
}

function drawAxis(context, scene, { at, step }) {
  const { width, window, colours, tickText } = scene;
  context.fillStyle = colours.card;
  context.fillRect(0, 0, width, AXIS_PX);
  context.fillStyle = colours.line;
  context.fillRect(0, AXIS_PX - 1, width, 1);
  context.fillStyle = colours.soft;
  context.font = font(scene, 11);
  for (const moment of at) {
    const text = tickText(moment, step);
    const x = pixelOf(moment, window, width);
    const half = context.measureText(text).width / 2;
    if (x >= half && x + half <= width) context.fillText(text, x - half, AXIS_PX / 2);
  }
}

function drawRow(context, scene, row) {
  const { window, width, colours, acts } = scene;
  const y = row.top - scene.top;
  context.fillStyle = colours.line;
  context.fillRect(0, y + row.height - 1, width, 1);
  if (row.name === ACTS) drawActs(context, scene, row, y);
  else drawCalls(context, scene, row, y);
  context.font = font(scene, 12, 600);
  label(context, row.name === ACTS ? acts : row.name, y + LABEL_PX / 2 + 2, width, colours);
  if (row.name === ACTS) return;
  context.font = font(scene, 11);
  const middle = y + LABEL_PX + LANE_PX - BAR_PX / 2 - 1;
  const found = gaps(row, window, width, (text) => context.measureText(text).width);
  for (const gap of found) drawGap(context, gap, middle, colours);
}

function label(context, text, y, width, colours) {
  const letters = [...text];
  let count = letters.length;
  const cut = () => letters.slice(0, count).join('') + (count < letters.length ? '…' : '');
  while (count > 1 && context.measureText(cut()).width > width - 12) count = Math.floor(count * 0.9);
  const told = cut();
  context.fillStyle = colours.card;
  context.fillRect(3, y - 8, context.measureText(told).width + 6, 16);
  context.fillStyle = colours['bs-body-color'];
  context.fillText(told, 6, y);
}

function drawGap(context, { left, right, text }, y, colours) {
  const half = context.measureText(text).width / 2;
  const middle = (left + right) / 2;
  context.fillStyle = colours.line;
  context.fillRect(left + 4, y, middle - half - left - 8, 1);
  context.fillRect(middle + half + 4, y, right - middle - half - 8, 1);
  context.fillStyle = colours.card;
  context.fillRect(middle - half - 2, y - 7, 2 * half + 4, 14);
  context.fillStyle = colours.soft;
  context.fillText(text, middle - half, y);
}

function drawActs(context, scene, row, y) {
  const { window, width, colours } = scene;
  const [from, to] = within(row, window);
  const middle = y + LABEL_PX + LANE_PX / 2;
  const places = [];
  let last = -Infinity;
  for (const item of row.items.slice(from, to)) {
    const x = pixelOf(item.start, window, width);
    const isChosen = item.key === scene.chosen;
    if (x - last < 2 && !isChosen) continue;
    last = x;
    places.push(x);
    diamond(context, x, middle, isChosen ? 8 : 6, isChosen ? colours.accent : colours['bs-body-color']);
  }
  lines(context, scene, places, colours.soft, [2, 4]);
}

/** A tester did something. */
export function diamond(context, x, y, size, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.lineTo(x, y - size);
  context.lineTo(x + size, y);
  context.lineTo(x, y + size);
  context.lineTo(x - size, y);
  context.fill();
}

function drawCalls(context, scene, row, y) {
  const { window, width, colours } = scene;
  const [from, to] = within(row, window);
  const drawn = row.ends.map(() => ({ bar: -Infinity, sign: -Infinity, outcome: null }));
  let chosen = null;
  for (let place = from; place < to; place += 1) {
    const item = row.items[place];
    const left = Math.max(pixelOf(item.start, window, width), -LEAST_PX);
    const right = Math.max(Math.min(pixelOf(item.end, window, width), width + LEAST_PX), left + LEAST_PX);
    const laneTop = y + LABEL_PX + item.lane * LANE_PX;
    const lane = drawn[item.lane];
    const outcome = outcomeOf(item.value);
    if (item.key === scene.chosen) chosen = { left, right, laneTop };
    if (right > lane.bar + 0.5 || outcome !== lane.outcome) {
      drawBar(context, outcome, { left, right, top: laneTop + LANE_PX - BAR_PX - 1 }, colours);
      Object.assign(lane, { bar: right, outcome });
    }
    const sign = signOf(scene, item.value, outcome);
    if (sign && left - lane.sign >= SIGN_PX) {
      sign(context, left + Math.min((right - left) / 2, 8), laneTop, colours);
      lane.sign = left;
    }
  }
  if (chosen) frame(context, chosen, colours);
}

/** One that went well is low; another is high, and one under way is hollow. */
export function drawBar(context, outcome, { left, right, top }, colours) {
  const colour = colours[BARS[outcome]];
  const low = outcome === 'ok' ? 4 : 0;
  if (outcome === 'pending') {
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.strokeRect(left + 0.75, top + 0.75, right - left - 1.5, BAR_PX - 1.5);
    return;
  }
  context.fillStyle = colour;
  context.fillRect(left, top + low, right - left, BAR_PX - low);
}

function frame(context, { left, right, laneTop }, colours) {
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.strokeRect(left - 3, laneTop + LANE_PX - BAR_PX - 2, right - left + 6, BAR_PX + 3);
}

function signOf({ differing }, call, outcome) {
  if (differing.has(call.id)) return unequal;
  if (call.fault !== null) return lightning;
  return outcome === 'fail' || outcome === 'lost' ? cross : null;
}

const SHAPE = [[1.5, -4.5], [-3.5, 0.8], [-0.4, 0.8], [-1.5, 4.5], [3.5, -0.8], [0.4, -0.8]];

/** A fault struck. */
export function lightning(context, x, top, colours) {
  context.fillStyle = colours.bad;
  context.beginPath();
  for (const [dx, dy] of SHAPE) context.lineTo(x + dx, top + 4 + dy);
  context.fill();
}

/** It failed by itself. */
export function cross(context, x, top, colours) {
  strokes(context, colours.bad, [
    [x - 2.5, top + 1.5, x + 2.5, top + 6.5],
    [x + 2.5, top + 1.5, x - 2.5, top + 6.5],
  ]);
}

/** It ended otherwise when it was played again. */
export function unequal(context, x, top, colours) {
  strokes(context, colours.wait, [
    [x - 4, top + 2.5, x + 4, top + 2.5],
    [x - 4, top + 5.5, x + 4, top + 5.5],
    [x + 2, top, x - 2, top + 8],
  ]);
}

function strokes(context, colour, all) {
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  for (const [x1, y1, x2, y2] of all) {
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
  }
  context.stroke();
}

const font = ({ family }, px, weight = 400) => `${weight} ${px}px ${family}`;
