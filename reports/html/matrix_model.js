// A dependency matrix: its rows, its cells, and the orders in which it can be shown.

/** As reports/html_matrix.cpp writes it. Rows and columns are numbered alike, dependers before dependees. */
export class MatrixModel {
  constructor(json) {
    this.kinds = json.kinds;
    this.rows = json.rows.map((row) => ({...row, dependers: 0, dependees: 0}));
    this.cells = new Map();
    for (const [row, column, edges, ...kinds] of json.cells) {
      this.cells.set(row * this.size + column, {row, column, edges, kinds});
      this.rows[row].dependees += 1;
      this.rows[column].dependers += 1;
    }
  }

  get size() {
    return this.rows.length;
  }

  /** The cell, or undefined when there is no edge. */
  cell(row, column) {
    return this.cells.get(row * this.size + column);
  }

  /** "off" onto a module that is off, "cycle" when it leads back and closes a cycle, else "edge". */
  look(cell) {
    if (this.rows[cell.column].off) return 'off';
    return cell.row > cell.column ? 'cycle' : 'edge';
  }

  /** A sentence about a cell. */
  describe(row, column) {
    const from = this.rows[row].label;
    const to = this.rows[column].label;
    if (row === column) return `${from}: ${this.rows[row].targets} targets, depends on ${this.rows[row].dependees} rows, ` +
      `${this.rows[row].dependers} depend on it`;
    const cell = this.cell(row, column);
    if (!cell) return `${from} has no edge to ${to}`;
    const kinds = [];
    for (let i = 0; i < cell.kinds.length; i += 2) kinds.push(`${cell.kinds[i + 1]} ${this.kinds[cell.kinds[i]]}`);
    const look = {off: '; the module is off', cycle: '; it leads back, and closes a cycle', edge: ''}[this.look(cell)];
    return `${from} depends on ${to}: ${kinds.join(', ')}${look}`;
  }

  /** Rows in an order: "order", "name", "dependers", "dependees" or "cycles". */
  ordered(order) {
    const rows = this.rows.map((_, row) => row);
    const row = (number) => this.rows[number];
    const compare = {
      name: (a, b) => row(a).label.localeCompare(row(b).label, 'en', {numeric: true}),
      dependers: (a, b) => row(b).dependers - row(a).dependers,
      dependees: (a, b) => row(b).dependees - row(a).dependees,
      cycles: (a, b) => (row(a).cycle ?? Infinity) - (row(b).cycle ?? Infinity) || 0,
    }[order];
    return compare ? rows.sort((a, b) => compare(a, b) || a - b) : rows;
  }
}

/** The orders, for a choice. */
export const matrixOrders = [
  ['order', 'dependers first'],
  ['name', 'name'],
  ['dependers', 'most depended on'],
  ['dependees', 'most dependencies'],
  ['cycles', 'cycles first'],
];
