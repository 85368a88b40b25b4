// The explorer: a search, a picture that grows step by step, and a panel with the reasons.

import {Combobox} from './combobox.js';
import {announce, button, choice, count, element, reveal} from './dom.js';
import {Drawing} from './drawing.js';
import {Graph} from './graph.js';
import {Panel} from './panel.js';
import {Scene, mostShown} from './scene.js';
import {NameIndex} from './search.js';

const atFirst = 8; // findings

/** The explorer of all graphs of the page. Nothing is decoded before somebody looks. */
export class Explorer {
  constructor(section, scripts) {
    this.section = section;
    this.scripts = scripts;
    this.graphs = new Map();
    this.chosen = null;
    const act = {
      choose: (end) => this.choose(end),
      expand: (end, side) => this.expand(end, side),
      collapse: (end, side) => this.change(() => this.scene.collapse(end, side)),
      hide: (end) => this.hide(end),
      from: (end) => this.setEnd('from', end),
      to: (end) => this.setEnd('to', end),
    };
    this.drawing = new Drawing(act);
    this.panel = new Panel(act);
    this.way = {from: null, to: null};
    this.place = section.querySelector('#explorer-place');
    this.place.replaceChildren(this.makeControls(), element('div', {class: 'explorer'}, this.drawing.place, this.panel.place),
      element('p', {class: 'legend'}, 'Dependers stand left of what they depend on. A number beside a box is how many neighbours are not shown. ' +
        'Keys on a box: arrows go to neighbours, with Shift they show more; Enter chooses, Delete hides.'));
    new IntersectionObserver((entries, observer) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      this.open();
      if (this.scene.shown.size === 0) this.begin();
    }, {rootMargin: '100px'}).observe(section);
  }

  makeControls() {
    const search = (text) => this.open().names.search(text);
    const describe = (end) => {
      const {graph} = this.open();
      return {name: graph.nameOf(end), note: `${graph.typeOf(end)}, ${graph.ownerOf(end)}`};
    };
    this.find = new Combobox('Find a target', search, describe, (end) => this.start(end));
    this.from = new Combobox('Path from', search, describe, (end) => this.setEnd('from', end));
    this.to = new Combobox('to', search, describe, (end) => this.setEnd('to', end));
    this.note = element('p', {class: 'result'});
    const controls = element('div', {class: 'controls', role: 'search', 'aria-label': 'Explorer'}, this.find.field, this.from.field, this.to.field,
      button('Clear', () => this.clear()));
    if (this.scripts.length > 1) {
      const configurations = this.scripts.map((script, i) => [String(i), script.dataset.configuration]);
      const {select, field} = choice('Configuration', configurations, () => this.reset());
      this.configuration = select;
      controls.prepend(field);
    }
    return element('div', {}, controls, this.note);
  }

  /** The graph that is looked at, decoded when it is first needed. */
  open() {
    const number = Number(this.configuration?.value ?? 0);
    if (!this.graphs.has(number)) {
      performance.mark('bulkhead-decode');
      const graph = new Graph(JSON.parse(this.scripts[number].textContent));
      this.graphs.set(number, {graph, names: new NameIndex(graph.labels.map((_, end) => graph.nameOf(end))), scene: new Scene(graph)});
      performance.measure('bulkhead-decoded', 'bulkhead-decode');
    }
    const opened = this.graphs.get(number);
    if (this.scene !== opened.scene) {
      this.scene = opened.scene;
      this.change(() => {});
    }
    return opened;
  }

  reset() {
    this.chosen = null;
    this.way = {from: null, to: null};
    for (const box of [this.find, this.from, this.to]) box.input.value = '';
    this.open();
  }

  clear() {
    this.open();
    this.reset();
    this.change(() => this.scene.clear());
  }

  /** Draws anew after a change of the scene. */
  change(act) {
    act();
    const {graph} = this.scene;
    if (this.chosen !== null && !this.scene.shown.has(this.chosen)) this.chosen = null;
    this.drawing.draw(this.scene, this.chosen);
    this.panel.show(this.scene, this.chosen);
    const {length} = graph.to;
    this.note.textContent = `${count(this.scene.shown.size, 'box').replace('boxs', 'boxes')} shown of ${count(graph.targets, 'target')}, ` +
      `${count(length, 'edge')}; ${count(graph.inherited, 'edge')} that targets merely inherit are left out`;
  }

  /** What is looked at before anybody has chosen: the edges of the first findings. */
  begin() {
    const {graph} = this.scene;
    this.untouched = true;
    this.change(() => {
      for (const edge of [...graph.findings.keys()].slice(0, atFirst)) {
        this.scene.add(graph.from[edge]);
        this.scene.add(graph.to[edge]);
      }
    });
  }

  /** Begins with a target and its nearest. */
  start(end) {
    this.open();
    this.chosen = end;
    this.change(() => {
      this.scene.way.clear();
      if (this.untouched) this.scene.clear();
      this.untouched = false;
      this.scene.add(end);
      for (const side of ['dependers', 'dependees']) {
        for (const other of this.scene.hidden(end, side).slice(0, 8)) this.scene.add(other);
      }
    });
    this.drawing.show(end);
    announce(`${this.scene.graph.nameOf(end)} is shown`);
  }

  choose(end) {
    this.chosen = end;
    this.change(() => {
      if (!this.scene.add(end)) this.refuse();
    });
    this.drawing.show(end);
  }

  expand(end, side) {
    this.untouched = false;
    this.change(() => {
      const came = this.scene.expand(end, side);
      if (came === 0) this.refuse();
      else announce(`${count(came, side.slice(0, -1))} more`);
    });
    this.drawing.show(end);
  }

  refuse() {
    announce(this.scene.shown.size >= mostShown ? `No more than ${mostShown} boxes are shown; hide some first` : 'There is no more to show');
  }

  hide(end) {
    this.change(() => this.scene.remove(end));
  }

  setEnd(which, end) {
    this.open();
    this.way[which] = end;
    this[which].input.value = this.scene.graph.nameOf(end);
    const {from, to} = this.way;
    if (from === null || to === null) {
      announce(`Now choose where the path ${which === 'from' ? 'leads to' : 'begins'}`);
      this[which === 'from' ? 'to' : 'from'].input.focus();
      return;
    }
    const edges = this.scene.graph.way(from, to);
    this.chosen = null;
    this.change(() => {
      if (edges) this.scene.showWay(edges);
    });
    this.panel.showWay(this.scene, from, to, edges);
    announce(edges ? `A way of ${count(edges.length, 'edge')}` : 'There is no way on this page');
  }

  /** Shows the two ends of a finding, and who hangs on them. */
  showFinding(article) {
    if (this.configuration) {
      const name = article.dataset.configuration;
      const number = this.scripts.findIndex((script) => script.dataset.configuration === name);
      this.configuration.value = String(Math.max(0, number));
    }
    const {graph} = this.open();
    const ends = [graph.find(article.dataset.from), graph.find(article.dataset.to)].filter((end) => end >= 0);
    if (ends.length === 0) {
      announce('The page carries neither end of this edge');
      return;
    }
    this.scene.clear();
    [this.chosen] = ends;
    this.change(() => {
      for (const end of ends) this.scene.add(end);
      for (const other of this.scene.hidden(ends[0], 'dependers').slice(0, 8)) this.scene.add(other);
    });
    reveal(this.section);
    this.drawing.show(ends[0]);
  }
}

/** @returns {?Explorer} null where the page carries no graph */
export function setUpExplorer() {
  const section = document.getElementById('explorer');
  const scripts = section ? [...section.querySelectorAll('script.graph')] : [];
  if (!section) return null;
  if (scripts.length === 0) {
    section.querySelector('#explorer-place').replaceChildren(element('p', {}, 'The graph is too large for a page.'));
    return null;
  }
  return new Explorer(section, scripts);
}
