// Elements of the page. Text always goes in as text: no string is ever parsed as HTML.

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * @param {Element} made
 * @param {Object<string, string|number|boolean|Function>} attributes `true` sets an empty attribute, `false` none;
 *   functions become listeners of the event of that name
 * @param {(Node|string)[]} children
 */
function fill(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') made.addEventListener(name, value);
    else if (value !== false && value !== undefined) made.setAttribute(name, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/** An HTML element. @returns {HTMLElement} */
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element. @returns {SVGElement} */
export function drawn(name, attributes = {}, ...children) {
  return fill(document.createElementNS(svgNamespace, name), attributes, children);
}

/** A button that looks like one. */
export function button(text, click, attributes = {}) {
  return element('button', {type: 'button', click, ...attributes}, text);
}

let ids = 0;

/** An id that nothing else has. */
export function freshId() {
  ids += 1;
  return `control-${ids}`;
}

/** A field with its label. @param {HTMLElement} control with an id */
export function labelled(label, control, look = 'field') {
  return element('div', {class: look}, element('label', {for: control.id}, label), control);
}

/**
 * A labelled list of choices.
 * @param {string} label
 * @param {[string, string][]} options value and text
 * @param {() => void} change
 */
export function choice(label, options, change) {
  const select = element('select', {change, id: freshId()}, ...options.map(([value, text]) => element('option', {value}, text)));
  return {select, field: labelled(label, select)};
}

/** Tells screen readers, and all others in a line at the foot of the page for a moment. */
export function announce(text) {
  const status = document.getElementById('status');
  status.textContent = text;
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => { status.textContent = ''; }, 4000);
}

/** "1 target", "2 targets". */
export function count(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

/** Shows a place of the page. At once: what is laid out on the way would move the goal of a slow scroll. */
export function reveal(place) {
  place.scrollIntoView({block: 'start'});
}
