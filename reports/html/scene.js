// What the explorer shows of a graph: some ends, in the order in which they came.

/** So many neighbours are added at once; more are asked for again. */
export const atOnce = 20;
/** More boxes are no picture that anybody reads. */
export const mostShown = 150;

/** The shown part of a graph. */
export class Scene {
  /** @param {import('./graph.js').Graph} graph */
  constructor(graph) {
    this.graph = graph;
    this.shown = new Set();
    this.way = new Set(); // edges of the way that was asked for
  }

  clear() {
    this.shown.clear();
    this.way.clear();
  }

  /** @returns {boolean} false when there is no room */
  add(end) {
    if (this.shown.size >= mostShown && !this.shown.has(end)) return false;
    this.shown.add(end);
    return true;
  }

  /** Hides an end, and what hangs on nothing else that is shown. */
  remove(end) {
    this.shown.delete(end);
    this.way.clear();
    const lonely = (other) => ![...this.graph.neighbours(other, 'dependees').keys(),
      ...this.graph.neighbours(other, 'dependers').keys()].some((one) => this.shown.has(one));
    const neighbours = new Set([...this.graph.neighbours(end, 'dependees').keys(), ...this.graph.neighbours(end, 'dependers').keys()]);
    for (const other of neighbours) {
      if (this.shown.has(other) && lonely(other)) this.shown.delete(other);
    }
  }

  /** The neighbours on a side that are not shown, those behind findings first, then by name. */
  hidden(end, side) {
    const {graph} = this;
    const found = [...graph.neighbours(end, side)].filter(([other]) => !this.shown.has(other));
    const rank = (edges) => (edges.some((edge) => graph.findings.has(edge)) ? 0 : 1);
    found.sort((a, b) => rank(a[1]) - rank(b[1]) || (graph.nameOf(a[0]) < graph.nameOf(b[0]) ? -1 : 1));
    return found.map(([other]) => other);
  }

  /** Shows some more neighbours. @returns {number} how many came */
  expand(end, side) {
    let came = 0;
    for (const other of this.hidden(end, side).slice(0, atOnce)) {
      if (this.add(other)) came += 1;
    }
    return came;
  }

  /** Hides all neighbours on a side that hang on this end alone. */
  collapse(end, side) {
    for (const other of this.graph.neighbours(end, side).keys()) {
      const others = [...this.graph.neighbours(other, 'dependees').keys(), ...this.graph.neighbours(other, 'dependers').keys()];
      if (!others.some((one) => one !== end && this.shown.has(one))) this.shown.delete(other);
    }
  }

  /** Shows a way and nothing else. */
  showWay(edges) {
    this.clear();
    for (const edge of edges) {
      this.add(this.graph.from[edge]);
      this.add(this.graph.to[edge]);
      this.way.add(edge);
    }
  }

  /** The edges between shown ends, all of one pair together. @returns {{from: number, to: number, edges: number[]}[]} */
  pairs() {
    const pairs = [];
    for (const from of this.shown) {
      for (const [to, edges] of this.graph.neighbours(from, 'dependees')) {
        if (this.shown.has(to)) pairs.push({from, to, edges});
      }
    }
    return pairs;
  }
}
