/** Elements without HTML: every text goes in as text, whatever it holds. */

/**
 * An element. `props` are attributes (`true` sets an empty one, `null`, `undefined` and `false` none);
 * `on` has listeners, `prop` JavaScript properties. Children are nodes, texts, lists of them, or nothing.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  const { on = {}, prop = {}, ...attributes } = props;
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  Object.assign(element, prop);
  return element;
}

/** Sets or takes off an attribute. */
export function set(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value === true ? '' : value)) {
    element.setAttribute(name, value === true ? '' : value);
  }
}

/** Changes the text only if it is another: a selection in it stays. */
export function say(element, text) {
  if (element.textContent !== String(text)) element.textContent = text;
}

/**
 * Brings the children of `container` to one a item, in order. A child that is there already stays, and
 * with it the focus. `make(item)` gives an element, `update(element, item)` brings one up to date.
 */
export function keyed(container, items, keyOf, make, update = () => {}) {
  const before = container.known || new Map();
  const after = new Map();
  let next = container.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    const element = before.get(key) || make(item);
    after.set(key, element);
    update(element, item);
    if (element === next) next = next.nextSibling;
    else container.insertBefore(element, next);
  }
  for (const [key, element] of before) if (after.get(key) !== element) element.remove();
  container.known = after;
}

/** Takes all children of a `keyed` container away, so that the next ones are made anew. */
export function clear(container) {
  container.replaceChildren();
  container.known = undefined;
}

/** A button; `kind` are Bootstrap's classes. */
export function button(text, kind, click, props = {}) {
  return h('button', { type: 'button', class: `btn ${kind}`, on: { click }, ...props }, text);
}

/** A label and its field, one above the other. */
export function field(label, control, hint) {
  control.id ||= `field-${(field.count = (field.count || 0) + 1)}`;
  const told = hint && h('div', { class: 'form-text', id: `${control.id}-hint` }, hint);
  if (told) control.setAttribute('aria-describedby', told.id);
  return h('div', { class: 'field' }, h('label', { class: 'form-label', for: control.id }, label), control, told);
}

/** A select; `options` are [value, text]. */
export function choice(options, value, change, props = {}) {
  const select = h('select', {
    class: 'form-select form-select-sm',
    on: { change: () => change(select.value) },
    ...props,
  });
  fill(select, options, value);
  return select;
}

/** Gives a select its options, where they are others than before. */
export function fill(select, options, value = select.value) {
  const wanted = JSON.stringify(options);
  if (select.shown !== wanted) {
    select.shown = wanted;
    select.replaceChildren(...options.map(([key, text, disabled]) => h('option', { value: key, disabled }, text)));
  }
  if (select.value !== value) select.value = value;
}

/** Somebody's own words, which may run from right to left. */
export const own = (text, props = {}) => h('bdi', props, text);
