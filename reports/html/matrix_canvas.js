// A large matrix: a canvas as large as what is seen of it, whose labels stay in place while it is scrolled.

import {element} from './dom.js';

const side = 14;
const top = 26;
const steps = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-20, 0], PageDown: [20, 0]};

/** The drawing of a model, with a cursor. */
export class MatrixCanvas {
  /** @param {(row: number, column: number) => void} point called with the cell that is looked at */
  constructor(model, place, point) {
    this.model = model;
    this.point = point;
    this.rows = model.ordered('order');
    this.cursor = null; // positions, not numbers of rows
    this.canvas = element('canvas', {class: 'matrix-canvas', tabindex: 0, role: 'application',
      'aria-label': `Dependency matrix of ${model.size} rows. Arrow keys move from cell to cell.`});
    this.space = element('div', {class: 'matrix-space'}, this.canvas);
    this.scroller = element('div', {class: 'matrix-scroller'}, this.space);
    place.append(this.scroller);
    this.left = 230;
    this.space.style.width = `${this.left + side * model.size}px`;
    this.space.style.height = `${top + side * model.size}px`;
    this.scroller.addEventListener('scroll', () => this.draw(), {passive: true});
    new ResizeObserver(() => this.draw()).observe(this.scroller);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw());
    this.canvas.addEventListener('mousemove', (event) => this.hover(event));
    this.canvas.addEventListener('keydown', (event) => this.step(event));
    this.canvas.addEventListener('focus', () => { if (!this.cursor) this.move(0, 0); });
  }

  arrange(rows) {
    this.rows = rows;
    this.cursor = null;
    this.draw();
  }

  hover(event) {
    const line = Math.floor((event.offsetY - top + this.scroller.scrollTop) / side);
    const column = Math.floor((event.offsetX - this.left + this.scroller.scrollLeft) / side);
    const outside = event.offsetY < top || line >= this.rows.length || column >= this.rows.length;
    if (outside) return;
    this.set(line, event.offsetX < this.left ? line : column);
  }

  set(line, column) {
    if (this.cursor && this.cursor[0] === line && this.cursor[1] === column) return;
    this.cursor = [line, column];
    this.point(this.rows[line], this.rows[column]);
    this.draw();
  }

  step(event) {
    const [line, column] = this.cursor ?? [0, 0];
    const last = this.rows.length - 1;
    if (event.key in steps) this.move(line + steps[event.key][0], column + steps[event.key][1]);
    else if (event.key === 'Home') this.move(line, 0);
    else if (event.key === 'End') this.move(line, last);
    else return;
    event.preventDefault();
  }

  /** Moves the cursor, and scrolls so that it is seen. */
  move(line, column) {
    const last = this.rows.length - 1;
    line = Math.max(0, Math.min(last, line));
    column = Math.max(0, Math.min(last, column));
    const {scroller} = this;
    const into = (at, from, size, before) => Math.min(at, Math.max(from, at + side - (size - before)));
    scroller.scrollTop = into(line * side, scroller.scrollTop, scroller.clientHeight, top);
    scroller.scrollLeft = into(column * side, scroller.scrollLeft, scroller.clientWidth, this.left);
    this.set(line, column);
  }

  draw() {
    const scale = devicePixelRatio || 1;
    const width = this.scroller.clientWidth;
    const height = Math.min(this.scroller.clientHeight, top + side * this.rows.length);
    if (width === 0 || height === 0) return;
    this.left = width < 600 ? 130 : 230;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const pen = this.canvas.getContext('2d');
    pen.scale(scale, scale);
    const style = getComputedStyle(this.scroller);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    const x = (column) => this.left + column * side - this.scroller.scrollLeft;
    const y = (line) => top + line * side - this.scroller.scrollTop;
    const seen = (from, size, before) => [Math.max(0, Math.floor(from / side)),
      Math.min(this.rows.length, Math.ceil((from + size - before) / side))];
    const lines = seen(this.scroller.scrollTop, height, top);
    const columns = seen(this.scroller.scrollLeft, width, this.left);
    pen.fillStyle = colour('paper');
    pen.fillRect(0, 0, width, height);
    this.drawCells(pen, colour, x, y, lines, columns);
    this.drawLabels(pen, colour, x, y, lines, columns, width);
  }

  drawCells(pen, colour, x, y, lines, columns) {
    pen.strokeStyle = colour('line');
    pen.lineWidth = 0.5;
    for (let line = lines[0]; line < lines[1]; line += 1) {
      const lit = this.cursor && this.cursor[0] === line;
      for (let column = columns[0]; column < columns[1]; column += 1) {
        if (lit || (this.cursor && this.cursor[1] === column)) {
          pen.fillStyle = colour('lit');
          pen.fillRect(x(column), y(line), side, side);
        }
        pen.strokeRect(x(column), y(line), side, side);
        if (line === column) {
          pen.fillStyle = colour('line');
          pen.fillRect(x(column), y(line), side, side);
        }
        const cell = this.model.cell(this.rows[line], this.rows[column]);
        if (cell) this.drawCell(pen, colour, this.model.look(cell), x(column), y(line));
      }
    }
    if (!this.cursor) return;
    pen.strokeStyle = colour('focus');
    pen.lineWidth = 2;
    pen.strokeRect(x(this.cursor[1]), y(this.cursor[0]), side, side);
  }

  /** A square, a diamond for what closes a cycle, a cross onto a module that is off: shapes for those who see no colours. */
  drawCell(pen, colour, look, x, y) {
    const half = side / 2;
    if (look === 'off') {
      pen.strokeStyle = colour('error');
      pen.lineWidth = 2.5;
      pen.beginPath();
      pen.moveTo(x + 3, y + 3);
      pen.lineTo(x + side - 3, y + side - 3);
      pen.moveTo(x + side - 3, y + 3);
      pen.lineTo(x + 3, y + side - 3);
      pen.stroke();
      pen.strokeStyle = colour('line');
      pen.lineWidth = 0.5;
      return;
    }
    pen.fillStyle = colour(look === 'cycle' ? 'warning' : 'accent');
    pen.beginPath();
    if (look === 'cycle') {
      pen.moveTo(x + half, y + 2);
      pen.lineTo(x + side - 2, y + half);
      pen.lineTo(x + half, y + side - 2);
      pen.lineTo(x + 2, y + half);
    } else {
      pen.rect(x + 3, y + 3, side - 6, side - 6);
    }
    pen.fill();
  }

  drawLabels(pen, colour, x, y, lines, columns, width) {
    pen.fillStyle = colour('paper');
    pen.fillRect(0, 0, this.left, this.canvas.height);
    pen.fillRect(0, 0, width, top);
    pen.textBaseline = 'middle';
    for (let line = lines[0]; line < lines[1]; line += 1) {
      if (y(line) < top - side / 2) continue;
      const row = this.model.rows[this.rows[line]];
      const lit = this.cursor && this.cursor[0] === line;
      pen.font = `${lit || row.module ? 'bold ' : ''}11px system-ui, sans-serif`;
      pen.fillStyle = colour('ink');
      pen.textAlign = 'right';
      pen.fillText(`${this.rows[line] + 1}`, this.left - 6, y(line) + side / 2);
      pen.textAlign = 'left';
      pen.fillText(this.fit(pen, row.label, this.left - 40), 6, y(line) + side / 2);
    }
    pen.textAlign = 'center';
    for (let column = columns[0]; column < columns[1]; column += 1) {
      if (x(column) < this.left - side / 2) continue;
      const lit = this.cursor && this.cursor[1] === column;
      pen.font = `${lit ? 'bold 10' : '8'}px system-ui, sans-serif`;
      pen.fillStyle = colour('ink');
      pen.fillText(`${this.rows[column] + 1}`, x(column) + side / 2, column % 2 ? 8 : 18);
    }
  }

  /** The end of a path tells more than its beginning. */
  fit(pen, text, width) {
    if (pen.measureText(text).width <= width) return text;
    let cut = text.slice(1);
    while (cut.length > 1 && pen.measureText('…' + cut).width > width) cut = cut.slice(1);
    return '…' + cut;
  }
}
