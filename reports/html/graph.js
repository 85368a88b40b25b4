// The graph of one configuration. Ends and edges are numbers into flat arrays; nothing is made for each of them.

import {Numbers, unshare} from './bytes.js';

const none = 0xffffffff;

/** As reports/html_explorer.cpp writes it. Edges are sorted by depender. */
export class Graph {
  constructor(json) {
    this.configuration = json.configuration;
    this.kinds = json.kinds;
    this.modules = json.modules;
    this.types = unshare(json.types);
    this.directories = unshare(json.directories);
    this.files = unshare(json.files);
    this.labels = unshare(json.labels);
    this.targets = json.targets;
    this.inherited = json.inherited;
    this.size = this.labels.length;
    this.readEnds(new Numbers(json.ends));
    this.readEdges(new Numbers(json.edges));
    this.indexDependers();
    this.findings = new Map(); // by edge: the id of the article
    for (const [from, to, kind, id] of json.findings) {
      for (const edge of this.edgesFrom(from)) {
        if (this.to[edge] === to && this.kind[edge] >> 1 === kind) this.findings.set(edge, id);
      }
    }
  }

  readEnds(numbers) {
    this.type = new Uint8Array(this.size);
    this.owner = new Uint16Array(this.size);
    this.directory = new Uint32Array(this.size);
    this.file = new Uint32Array(this.size).fill(none);
    this.line = new Uint32Array(this.size);
    for (let end = 0; end < this.size; end += 1) {
      this.type[end] = numbers.next();
      this.owner[end] = numbers.next();
      this.directory[end] = numbers.next();
      this.line[end] = numbers.next();
      if (this.line[end] !== 0) this.file[end] = numbers.next();
    }
  }

  readEdges(numbers) {
    this.first = new Uint32Array(this.size + 1);
    const to = [];
    const kind = [];
    const file = [];
    const line = [];
    for (let end = 0; end < this.size; end += 1) {
      let last = 0;
      for (let rest = numbers.next(); rest > 0; rest -= 1) {
        last += numbers.next();
        to.push(last);
        kind.push(numbers.next());
        line.push(numbers.next());
        file.push(line[line.length - 1] === 0 ? none : numbers.next());
      }
      this.first[end + 1] = to.length;
    }
    this.to = Uint32Array.from(to);
    this.kind = Uint8Array.from(kind);
    this.edgeFile = Uint32Array.from(file);
    this.edgeLine = Uint32Array.from(line);
    this.from = new Uint32Array(to.length);
    for (let end = 0; end < this.size; end += 1) this.from.fill(end, this.first[end], this.first[end + 1]);
  }

  indexDependers() {
    this.firstIn = new Uint32Array(this.size + 1);
    for (const to of this.to) this.firstIn[to + 1] += 1;
    for (let end = 0; end < this.size; end += 1) this.firstIn[end + 1] += this.firstIn[end];
    const next = this.firstIn.slice();
    this.in = new Uint32Array(this.to.length);
    this.to.forEach((to, edge) => {
      this.in[next[to]] = edge;
      next[to] += 1;
    });
  }

  * edgesFrom(end) {
    for (let edge = this.first[end]; edge < this.first[end + 1]; edge += 1) yield edge;
  }

  * edgesTo(end) {
    for (let at = this.firstIn[end]; at < this.firstIn[end + 1]; at += 1) yield this.in[at];
  }

  /** Each neighbour once, with the edges to it. @returns {Map<number, number[]>} */
  neighbours(end, side) {
    const found = new Map();
    const edges = side === 'dependees' ? this.edgesFrom(end) : this.edgesTo(end);
    for (const edge of edges) {
      const other = side === 'dependees' ? this.to[edge] : this.from[edge];
      if (other === end) continue;
      if (!found.has(other)) found.set(other, []);
      found.get(other).push(edge);
    }
    return found;
  }

  /** "link, derived". */
  kindOf(edge) {
    const kind = this.kinds[this.kind[edge] >> 1];
    const between = this.to[edge] < this.targets && this.from[edge] < this.targets;
    return between ? `${kind}, ${this.kind[edge] & 1 ? 'derived' : 'declared'}` : kind;
  }

  /** "core/CMakeLists.txt:9"; empty when no line is known. */
  placeOf(edge) {
    return this.edgeLine[edge] === 0 ? '' : `${this.files[this.edgeFile[edge]]}:${this.edgeLine[edge]}`;
  }

  /** Where a target is made. */
  originOf(end) {
    return this.line[end] === 0 ? '' : `${this.files[this.file[end]]}:${this.line[end]}`;
  }

  /** "static library"; "file", "directory", "library" or "definition" for what is no target. */
  typeOf(end) {
    const type = this.types[this.type[end]];
    if (type) return type.toLowerCase().replaceAll('_', ' ');
    const [first] = this.edgesTo(end);
    return this.kinds[this.kind[first] >> 1] === 'include-dir' ? 'directory' : this.labels[end].split(':', 1)[0];
  }

  /** The name without what it is. */
  nameOf(end) {
    return end < this.targets ? this.labels[end] : this.labels[end].slice(this.labels[end].indexOf(':') + 1);
  }

  isSetAside(end) {
    return this.owner[end] === 1;
  }

  /** The module that owns it, or undefined. */
  moduleOf(end) {
    return this.owner[end] < 2 ? undefined : this.modules[this.owner[end] - 2];
  }

  /** "module cuda, off", "core" or "set aside". */
  ownerOf(end) {
    const module = this.moduleOf(end);
    if (module) return `module ${module.name}, ${module.on ? 'on' : 'off'}`;
    return this.isSetAside(end) ? 'set aside' : 'core';
  }

  /** The end of a label as findings have it, or -1. */
  find(label) {
    if (!this.byLabel) {
      this.byLabel = new Map(this.labels.map((name, end) => [end < this.targets ? 'target:' + name : name, end]));
    }
    return this.byLabel.get(label) ?? -1;
  }

  /** The edges of a shortest way, or null. */
  way(from, to) {
    const before = new Int32Array(this.size).fill(-1);
    const queue = [from];
    for (let at = 0; at < queue.length; at += 1) {
      for (const edge of this.edgesFrom(queue[at])) {
        const next = this.to[edge];
        if (next === from || before[next] !== -1) continue;
        before[next] = edge;
        if (next === to) {
          const edges = [];
          for (let end = to; end !== from; end = this.from[before[end]]) edges.unshift(before[end]);
          return edges;
        }
        queue.push(next);
      }
    }
    return null;
  }
}
