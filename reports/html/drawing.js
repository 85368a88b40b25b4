// The picture of a scene: dagre says where things are, SVG shows them.

import dagre from '@dagrejs/dagre';

import {count, drawn, element} from './dom.js';

const height = 46;
const smallest = 0.75; // of the usual size
const letter = 7.6;
const margin = 42; // for the numbers of what is not shown

/** Draws, and tells which end was chosen. */
export class Drawing {
  /** @param {{choose: (end: number) => void, expand: (end: number, side: string) => void, hide: (end: number) => void}} act */
  constructor(act) {
    this.act = act;
    this.boxes = new Map();
    this.svg = drawn('svg', {role: 'group', 'aria-label': 'Targets that are shown'});
    this.place = element('div', {class: 'stage scroll', tabindex: 0, role: 'region', 'aria-label': 'Picture of the graph'}, this.svg);
  }

  /** @param {import('./scene.js').Scene} scene */
  draw(scene, chosen) {
    const {graph} = scene;
    const focused = document.activeElement?.dataset?.end;
    const layout = this.layOut(scene);
    const {width, height: tall} = layout.graph();
    const frames = [];
    const more = [];
    const edges = scene.pairs().map((pair) => this.drawPair(scene, pair, layout.edge(pair.from, pair.to).points));
    this.boxes.clear();
    for (const end of scene.shown) {
      const place = layout.node(end);
      const box = this.drawBox(scene, end, place, end === chosen);
      this.boxes.set(end, box);
      // Around the box, as it is no part of what the button says.
      frames.push(drawn('g', {}, drawn('title', {}, tooltipOf(graph, end)), box));
      more.push(...this.drawMore(scene, end, 'dependers', place), ...this.drawMore(scene, end, 'dependees', place));
    }
    this.svg.replaceChildren(arrowHeads(), ...edges, ...frames, ...more);
    const size = scene.shown.size === 0 ? [1, 1] : [Math.ceil(width), Math.ceil(tall)];
    this.svg.setAttribute('viewBox', `0 0 ${size.join(' ')}`);
    // A little smaller where that makes it fit; what is larger is scrolled.
    const scale = Math.min(1, Math.max(smallest, (this.place.clientWidth - 2) / size[0]));
    this.svg.setAttribute('width', Math.floor(size[0] * scale));
    this.svg.setAttribute('height', Math.floor(size[1] * scale));
    this.neighbours = (end, side) => [...graph.neighbours(end, side).keys()].filter((other) => scene.shown.has(other));
    if (focused !== undefined) this.boxes.get(Number(focused))?.focus({preventScroll: true});
  }

  layOut(scene) {
    const layout = new dagre.graphlib.Graph();
    layout.setGraph({rankdir: 'LR', nodesep: 14, ranksep: 60, marginx: 12, marginy: 12});
    layout.setDefaultEdgeLabel(() => ({}));
    for (const end of scene.shown) {
      const longest = Math.max(short(scene.graph.nameOf(end)).length, underlineOf(scene.graph, end).length);
      layout.setNode(end, {width: Math.max(70, longest * letter) + 2 * margin, height});
    }
    for (const {from, to} of scene.pairs()) layout.setEdge(from, to, {});
    dagre.layout(layout);
    return layout;
  }

  drawPair(scene, {from, to, edges}, points) {
    const {graph} = scene;
    const finding = edges.some((edge) => graph.findings.has(edge));
    const way = edges.some((edge) => scene.way.has(edge));
    const kind = graph.kinds[graph.kind[edges[0]] >> 1];
    const look = ['edge', finding ? 'finding' : '', way ? 'way' : '', kind].filter(Boolean).join(' ');
    const told = edges.map((edge) => [graph.kindOf(edge), graph.placeOf(edge)].filter(Boolean).join(' at '));
    return drawn('g', {class: look},
      drawn('title', {}, `${graph.nameOf(from)} → ${graph.nameOf(to)}\n${told.join('\n')}`),
      drawn('path', {d: curve(points), fill: 'none', 'marker-end': `url(#head${finding ? '-finding' : ''})`}));
  }

  drawBox(scene, end, {x, y, width}, chosen) {
    const {graph} = scene;
    const module = graph.moduleOf(end);
    const look = ['box', module ? 'module' : graph.isSetAside(end) ? 'set-aside' : 'core', chosen ? 'chosen' : ''].join(' ');
    const name = graph.nameOf(end);
    const told = [short(name), underlineOf(graph, end), short(name) === name ? '' : name, graph.isSetAside(end) ? 'set aside' : ''];
    return drawn('g', {class: look, transform: `translate(${x - width / 2} ${y - height / 2})`, tabindex: 0, role: 'button',
      'data-end': end, 'aria-pressed': String(chosen), 'aria-label': told.filter(Boolean).join(' '),
      click: () => this.act.choose(end), keydown: (event) => this.press(event, end)},
    drawn('rect', {width, height, rx: 6}),
    drawn('text', {x: width / 2, y: 19, 'text-anchor': 'middle', class: 'name'}, short(name)), ' ',
    drawn('text', {x: width / 2, y: 36, 'text-anchor': 'middle', class: 'type'}, underlineOf(graph, end)));
  }

  /** How many neighbours are not shown; a click shows some. For the pointer: the panel and the keys do the same. */
  drawMore(scene, end, side, {x, y, width}) {
    const rest = scene.hidden(end, side).length;
    if (rest === 0) return [];
    const left = side === 'dependers';
    return [drawn('g', {class: 'more', 'aria-hidden': 'true', click: () => this.act.expand(end, side)},
      drawn('title', {}, `${count(rest, side.slice(0, -1))} not shown; click to show`),
      drawn('text', {x: x + (left ? 7 : -7) + (left ? -width : width) / 2, y: y + 4, 'text-anchor': left ? 'start' : 'end'}, `+${rest}`))];
  }

  press(event, end) {
    const go = (side) => this.boxes.get(this.neighbours(end, side)[0])?.focus();
    const beside = (step) => {
      const order = [...this.boxes.values()];
      const at = order.indexOf(this.boxes.get(end));
      order[(at + step + order.length) % order.length].focus();
    };
    if (event.key === 'Enter' || event.key === ' ') this.act.choose(end);
    else if (event.key === 'ArrowRight') (event.shiftKey ? this.act.expand(end, 'dependees') : go('dependees'));
    else if (event.key === 'ArrowLeft') (event.shiftKey ? this.act.expand(end, 'dependers') : go('dependers'));
    else if (event.key === 'ArrowDown') beside(1);
    else if (event.key === 'ArrowUp') beside(-1);
    else if (event.key === 'Delete') this.act.hide(end);
    else return;
    event.preventDefault();
  }

  /** Brings a box into the middle of what is seen. */
  show(end) {
    const box = this.boxes.get(end);
    if (!box) return;
    const [frame, place] = [box.getBoundingClientRect(), this.place.getBoundingClientRect()];
    this.place.scrollLeft += frame.left + frame.width / 2 - place.left - place.width / 2;
    this.place.scrollTop += frame.top + frame.height / 2 - place.top - place.height / 2;
  }
}

function tooltipOf(graph, end) {
  return `${graph.nameOf(end)}\n${graph.typeOf(end)}, ${graph.ownerOf(end)}\n${graph.originOf(end)}`;
}

/** What stands below the name. */
function underlineOf(graph, end) {
  const module = graph.moduleOf(end);
  return short(graph.typeOf(end) + (module ? ` · ${module.name}${module.on ? '' : ' (off)'}` : ''));
}

function short(name) {
  return name.length > 34 ? `${name.slice(0, 16)}…${name.slice(-16)}` : name;
}

function arrowHeads() {
  const head = (id) => drawn('marker', {id, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto', markerUnits: 'userSpaceOnUse'},
    drawn('path', {d: 'M0 0L8 4L0 8z'}));
  return drawn('defs', {}, head('head'), head('head-finding'));
}

/** A smooth line through the points. */
function curve(points) {
  const at = ({x, y}) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  if (points.length < 3) return `M${points.map(at).join('L')}`;
  let path = `M${at(points[0])}`;
  for (let i = 1; i < points.length - 1; i += 1) {
    const next = points[i + 1];
    const middle = i === points.length - 2 ? next : {x: (points[i].x + next.x) / 2, y: (points[i].y + next.y) / 2};
    path += `Q${at(points[i])} ${at(middle)}`;
  }
  return path;
}
