// The list of findings: filters, search, order, links to one of them.

import {announce, button, choice, count, element, freshId, labelled, reveal} from './dom.js';

const rank = {status: ['new', 'known', 'waived'], severity: ['error', 'warning']};

/** Orders of the list beside that of the report. */
const orders = [
  ['', 'as reported'],
  ['severity', 'severity'],
  ['rule', 'rule'],
  ['module', 'module'],
  ['place', 'file and line'],
];

/** The findings of the page, and what is shown of them. */
class FindingList {
  constructor(section) {
    this.list = section.querySelector('#finding-list');
    this.articles = [...this.list.querySelectorAll('article.finding')];
    this.texts = new Map();
    this.filters = new Map();
    this.controls = this.makeControls();
    this.list.before(this.controls);
    this.list.addEventListener('keydown', (event) => this.step(event));
    for (const article of this.articles) article.tabIndex = -1;
    this.apply();
  }

  makeControls() {
    const form = element('form', {class: 'controls', role: 'search', 'aria-label': 'Findings',
      submit: (event) => event.preventDefault()});
    this.search = element('input', {type: 'search', id: freshId(), autocomplete: 'off', spellcheck: 'false',
      placeholder: 'target, file, text…', input: () => this.apply()});
    form.append(labelled('Search', this.search, 'field wide'));
    for (const [key, label] of [['status', 'Status'], ['severity', 'Severity'], ['rule', 'Rule'], ['module', 'Module'],
      ['configuration', 'Configuration']]) {
      this.addFilter(form, key, label);
    }
    const order = choice('Order', orders, () => this.sort(this.order.value));
    this.order = order.select;
    this.result = element('output', {class: 'result'});
    form.append(order.field, button('Reset', () => this.reset()), this.result);
    return form;
  }

  /** A filter is of use where findings differ. */
  addFilter(form, key, label) {
    const counts = new Map();
    for (const article of this.articles) {
      counts.set(article.dataset[key], (counts.get(article.dataset[key]) ?? 0) + 1);
    }
    if (counts.size < 2) return;
    const place = (value) => (rank[key] ? rank[key].indexOf(value) : 0);
    const values = [...counts].sort((a, b) => place(a[0]) - place(b[0]) || (a[0] < b[0] ? -1 : 1));
    const options = values.map(([value, number]) => ['=' + value, `${value || 'none'} (${number})`]);
    const {select, field} = choice(label, [['', 'all'], ...options], () => this.apply());
    this.filters.set(key, select);
    form.append(field);
  }

  /** In lower case. */
  textOf(article) {
    if (!this.texts.has(article)) this.texts.set(article, article.textContent.toLowerCase());
    return this.texts.get(article);
  }

  apply() {
    const words = this.search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const article of this.articles) {
      const passes = [...this.filters].every(([key, select]) => !select.value || select.value === '=' + article.dataset[key]) &&
        words.every((word) => this.textOf(article).includes(word));
      article.hidden = !passes;
      shown += passes ? 1 : 0;
    }
    const all = count(this.articles.length, 'finding');
    this.result.textContent = shown === this.articles.length ? all : `${shown} of ${all}`;
  }

  reset() {
    this.search.value = '';
    for (const select of this.filters.values()) select.value = '';
    this.order.value = '';
    this.sort('');
    this.apply();
  }

  sort(order) {
    const place = (article) => article.querySelector('.place')?.textContent ?? '';
    const key = {
      severity: (article) => String(rank.severity.indexOf(article.dataset.severity)),
      rule: (article) => article.dataset.rule,
      module: (article) => article.dataset.module,
      place,
    }[order];
    const sorted = [...this.articles];
    if (key) sorted.sort((a, b) => key(a).localeCompare(key(b), 'en', {numeric: true}));
    this.list.append(...sorted);
  }

  /** j and k go to the next finding and back, while the focus is in the list. */
  step(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || (event.key !== 'j' && event.key !== 'k')) return;
    const shown = [...this.list.children].filter((article) => !article.hidden);
    const at = shown.indexOf(event.target.closest('article.finding'));
    const next = shown[at + (event.key === 'j' ? 1 : -1)];
    if (next) next.focus();
    event.preventDefault();
  }

  /** Shows the finding that the address names, whatever the filters are. */
  follow(hash) {
    const article = hash.startsWith('#f-') ? document.getElementById(hash.slice(1)) : null;
    if (!article) return;
    if (article.hidden) {
      this.reset();
      announce('The filters were reset to show this finding');
    }
    reveal(article);
    article.focus({preventScroll: true});
  }
}

/**
 * @param {?(article: HTMLElement) => void} explore shows a finding in the explorer
 */
export function setUpFindings(explore) {
  const section = document.getElementById('findings');
  if (!section.querySelector('article')) return;
  const findings = new FindingList(section);
  for (const article of findings.articles) {
    if (!explore || !article.dataset.from) continue;
    article.querySelector('.facts').append(button('Show in explorer', () => explore(article), {class: 'quiet'}));
  }
  addEventListener('hashchange', () => findings.follow(location.hash));
  findings.follow(location.hash);
}
