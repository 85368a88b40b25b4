// node mermaid.mjs FILE...: what Mermaid's own parser says of flowcharts, as a JSON list with an object for each file:
// `error`, or what it has read: `type`, `vertices`, `edges` and `subgraphs`.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

// Mermaid cleans texts with DOMPurify, which wants a document.
const { window } = new JSDOM('');
globalThis.window = window;
globalThis.document = window.document;
const { default: mermaid } = await import('mermaid');

async function read(file) {
  const text = readFileSync(file, 'utf8');
  try {
    await mermaid.parse(text); // knows the kinds of diagram from here on
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text);
    const subgraphs = diagram.db.getSubGraphs();
    // A style for a frame makes a vertex of that id, which is not drawn.
    const isFrame = ({ id }) => subgraphs.some((subgraph) => subgraph.id === id);
    const vertices = [...diagram.db.getVertices().values()].filter((vertex) => !isFrame(vertex));
    return {
      type: diagram.type,
      vertices: vertices.map(({ id, text }) => ({ id, text })),
      edges: diagram.db.getEdges().map(({ start, end, text }) => ({ start, end, text })),
      subgraphs: subgraphs.map(({ id, title, nodes }) => ({ id, title, nodes })),
    };
  } catch (error) {
    return { error: error.message };
  }
}

const answers = [];
for (const file of process.argv.slice(2)) answers.push(await read(file));
console.log(JSON.stringify(answers));
