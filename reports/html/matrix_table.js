// A small matrix: the table of the page, made to answer to pointer and keys.

const steps = {ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1]};

/** Cells of a table that is there already. */
export class MatrixTable {
  /** @param {(row: number, column: number) => void} point called with the cell that is looked at */
  constructor(table, point) {
    this.table = table;
    this.point = point;
    table.setAttribute('role', 'grid');
    table.addEventListener('mouseover', (event) => this.look(event.target.closest('td')));
    table.addEventListener('focusin', (event) => this.look(event.target.closest('td')));
    table.addEventListener('keydown', (event) => this.step(event));
    for (const cell of table.querySelectorAll('td')) cell.tabIndex = -1;
    const first = table.querySelector('td');
    if (first) first.tabIndex = 0;
  }

  get lines() {
    return [...this.table.tBodies[0].rows];
  }

  arrange(rows) {
    const body = this.table.tBodies[0];
    const byNumber = (cells) => new Map(cells.map((cell) => [Number(cell.dataset.row), cell]));
    const sort = (line) => {
      const cells = byNumber([...line.cells].slice(1));
      line.append(...rows.map((row) => cells.get(row)));
    };
    sort(this.table.tHead.rows[0]);
    const lines = byNumber(this.lines);
    for (const line of lines.values()) sort(line);
    body.append(...rows.map((row) => lines.get(row)));
  }

  look(cell) {
    if (!cell) return;
    const line = cell.parentElement;
    const column = cell.cellIndex;
    for (const lit of this.table.querySelectorAll('.lit')) lit.classList.remove('lit');
    for (const one of line.cells) one.classList.add('lit');
    for (const one of this.table.rows) one.cells[column].classList.add('lit');
    this.point(Number(line.dataset.row), Number(cell.dataset.row));
  }

  step(event) {
    const cell = event.target.closest('td');
    if (!cell) return;
    const lines = this.lines;
    let [line, column] = [lines.indexOf(cell.parentElement), cell.cellIndex];
    const last = lines.length;
    if (event.key in steps) [line, column] = [line + steps[event.key][0], column + steps[event.key][1]];
    else if (event.key === 'Home') column = 1;
    else if (event.key === 'End') column = last;
    else return;
    event.preventDefault();
    const next = lines[Math.max(0, Math.min(last - 1, line))].cells[Math.max(1, Math.min(last, column))];
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}
