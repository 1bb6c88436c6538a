/** What the shapes of a timeline mean. */

import { h } from '../core/dom.js';
import { cross, diamond, drawBar, lightning, unequal } from './timeline-drawing.js';

const SIZE_PX = 16;
const BAR = { left: 5, right: 11, top: 2 };
const SHAPES = {
  ok: (context, colours) => drawBar(context, 'ok', BAR, colours),
  fail: (context, colours) => drawBar(context, 'fail', BAR, colours),
  pending: (context, colours) => drawBar(context, 'pending', BAR, colours),
  fault: (context, colours) => lightning(context, 8, 4, colours),
  self: (context, colours) => cross(context, 8, 4, colours),
  differs: (context, colours) => unequal(context, 8, 4, colours),
  act: (context, colours) => diamond(context, 8, 8, 6, colours['bs-body-color']),
};

/** A list of shapes, {root, draw(colours)}. */
export function legend({ t }) {
  const canvas = () => h('canvas', { class: 'legend-shape', 'aria-hidden': 'true' });
  const canvases = new Map(Object.keys(SHAPES).map((name) => [name, canvas()]));
  return {
    root: h(
      'ul',
      { class: 'legend', 'aria-label': t('timeline.legend') },
      [...canvases].map(([name, shape]) => h('li', {}, shape, t(`timeline.shape.${name}`))),
    ),
    draw(colours) {
      for (const [name, shape] of canvases) {
        const scale = devicePixelRatio || 1;
        shape.width = shape.height = SIZE_PX * scale;
        const context = shape.getContext('2d');
        context.scale(scale, scale);
        SHAPES[name](context, colours);
      }
    },
  };
}
