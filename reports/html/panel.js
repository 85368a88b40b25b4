// What the explorer says of the target that was chosen: who depends on it, what it depends on, and why.

import {button, count, element} from './dom.js';
import {atOnce} from './scene.js';

const listed = 100;

/** One kind and place a line; a finding is a link to it. */
export function reasons(graph, edges) {
  return element('ul', {class: 'reasons'}, ...edges.map((edge) => {
    const place = graph.placeOf(edge);
    const finding = graph.findings.get(edge);
    return element('li', {}, element('span', {class: 'kind'}, graph.kindOf(edge)), ' ',
      place ? element('code', {class: 'place'}, place) : element('span', {}, 'no line is known'),
      ...(finding ? [' ', element('a', {href: `#${finding}`, class: 'badge error'}, 'finding')] : []));
  }));
}

/** The words about a chosen end, with buttons. */
export class Panel {
  /**
   * @param {{choose: (end: number) => void, expand: (end: number, side: string) => void, collapse: (end: number, side: string) => void,
   *   hide: (end: number) => void, from: (end: number) => void, to: (end: number) => void}} act
   */
  constructor(act) {
    this.act = act;
    this.place = element('div', {class: 'panel', role: 'region', 'aria-label': 'The chosen target', tabindex: 0});
  }

  /** @param {import('./scene.js').Scene} scene */
  show(scene, end) {
    if (end === null) {
      this.place.replaceChildren(element('p', {}, 'Choose a target to see what it depends on, who depends on it, and why.'));
      return;
    }
    const {graph} = scene;
    const origin = graph.originOf(end);
    this.place.replaceChildren(
      element('h3', {}, graph.nameOf(end)),
      element('p', {class: 'facts'}, element('span', {}, graph.typeOf(end)), ' ', element('span', {}, graph.ownerOf(end)), ' ',
        ...(origin ? [element('code', {}, origin)] : [])),
      element('div', {class: 'controls'},
        button('Hide', () => this.act.hide(end), {class: 'quiet'}),
        button('Path from here', () => this.act.from(end), {class: 'quiet'}),
        button('Path to here', () => this.act.to(end), {class: 'quiet'})),
      this.side(scene, end, 'dependers', 'Who depends on it'),
      this.side(scene, end, 'dependees', 'What it depends on'));
  }

  side(scene, end, side, title) {
    const {graph} = scene;
    const all = [...graph.neighbours(end, side)].sort((a, b) => (graph.nameOf(a[0]) < graph.nameOf(b[0]) ? -1 : 1));
    const rest = scene.hidden(end, side).length;
    const more = `Show ${rest > atOnce ? `${atOnce} of ${rest}` : rest}`;
    const list = element('ul', {class: 'neighbours'}, ...all.slice(0, listed).map(([other, edges]) => element('li', {},
      button(graph.nameOf(other), () => this.act.choose(other), {class: 'link'}),
      graph.moduleOf(other) ? element('small', {}, ` ${graph.ownerOf(other)}`) : '', reasons(graph, edges))));
    if (all.length > listed) list.append(element('li', {}, `and ${count(all.length - listed, 'more target')}`));
    return element('details', {open: true}, element('summary', {}, `${title}: ${all.length}`),
      element('div', {class: 'controls'},
        ...(rest > 0 ? [button(more, () => this.act.expand(end, side), {class: 'quiet', 'aria-label': `${more} ${side} in the picture`})] : []),
        ...(rest < all.length ? [button('Collapse', () => this.act.collapse(end, side), {class: 'quiet', 'aria-label': `Collapse ${side} in the picture`})] : [])),
      list);
  }

  /** A way, hop by hop. */
  showWay(scene, from, to, edges) {
    const {graph} = scene;
    const title = element('h3', {}, `${graph.nameOf(from)} → ${graph.nameOf(to)}`);
    if (!edges) {
      this.place.replaceChildren(title, element('p', {}, 'No way leads there over the edges of this page. What Bulkhead could not see is told ' +
        'with the verdicts; edges onto files of the core are not on the page.'));
      return;
    }
    const hops = edges.map((edge) => element('li', {},
      button(graph.nameOf(graph.from[edge]), () => this.act.choose(graph.from[edge]), {class: 'link'}), ' → ',
      button(graph.nameOf(graph.to[edge]), () => this.act.choose(graph.to[edge]), {class: 'link'}), reasons(graph, [edge])));
    this.place.replaceChildren(title, element('p', {}, `A shortest way, ${count(edges.length, 'edge')}.`), element('ol', {class: 'neighbours'}, ...hops));
  }
}
