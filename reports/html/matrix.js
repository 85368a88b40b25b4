// The matrices of the page: a choice of order, a line that says what is looked at, and the drawing.

import {choice, element} from './dom.js';
import {MatrixCanvas} from './matrix_canvas.js';
import {MatrixModel, matrixOrders} from './matrix_model.js';
import {MatrixTable} from './matrix_table.js';

function setUp(place) {
  const data = document.getElementById(`matrix-${place.dataset.matrix}`);
  const model = new MatrixModel(JSON.parse(data.textContent));
  const isTable = place.tagName === 'TABLE';
  const host = isTable ? place.parentElement : place;
  const readout = element('p', {class: 'readout', 'aria-live': 'polite'},
    'Point at a cell, or go to one with the arrow keys.');
  const point = (row, column) => { readout.textContent = model.describe(row, column); };
  const {select, field} = choice('Order', matrixOrders, () => view.arrange(model.ordered(select.value)));
  const legend = element('p', {class: 'legend'}, isTable ? 'Underlined: leads back, and closes a cycle. Framed: onto a module that is off.'
    : 'Square: edges. Diamond: leads back, and closes a cycle. Cross: onto a module that is off.');
  host.before(element('div', {class: 'controls'}, field, legend), readout);
  const view = isTable ? new MatrixTable(place, point) : new MatrixCanvas(model, place, point);
}

/** Sets each of them up when it comes near the window: a large one takes some milliseconds. */
export function setUpMatrices() {
  const near = new IntersectionObserver((entries) => {
    for (const {isIntersecting, target} of entries) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      setUp(target);
    }
  }, {rootMargin: '300px'});
  for (const place of document.querySelectorAll('[data-matrix]')) near.observe(place);
}
