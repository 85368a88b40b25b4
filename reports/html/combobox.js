// A field that finds as one types: the combobox with a list of the ARIA practices.

import {element, freshId, labelled} from './dom.js';

/** What is found is told by numbers. */
export class Combobox {
  /**
   * @param {string} label
   * @param {(text: string) => number[]} search
   * @param {(number: number) => {name: string, note: string}} describe
   * @param {(number: number) => void} choose
   */
  constructor(label, search, describe, choose) {
    Object.assign(this, {search, describe, choose, found: [], at: -1});
    const id = freshId();
    this.list = element('ul', {role: 'listbox', id, 'aria-label': label, class: 'options', hidden: true,
      mousedown: (event) => event.preventDefault(), click: (event) => this.click(event)});
    this.input = element('input', {type: 'text', id: freshId(), role: 'combobox', autocomplete: 'off', spellcheck: 'false',
      'aria-expanded': 'false', 'aria-controls': id, 'aria-autocomplete': 'list',
      input: () => this.look(), keydown: (event) => this.press(event), blur: () => this.close()});
    this.field = element('div', {class: 'combobox'}, labelled(label, this.input, 'field wide'), this.list);
  }

  look() {
    this.found = this.search(this.input.value);
    this.list.replaceChildren(...this.found.map((number, at) => {
      const {name, note} = this.describe(number);
      return element('li', {role: 'option', id: `${this.list.id}-${at}`, 'aria-selected': 'false'},
        element('span', {}, name), element('small', {}, note));
    }));
    if (this.found.length === 0 && this.input.value.trim()) {
      this.list.append(element('li', {role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, 'Nothing of this name'));
    }
    const open = this.list.children.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute('aria-expanded', String(open));
    this.mark(this.found.length > 0 ? 0 : -1);
  }

  mark(at) {
    this.at = at;
    [...this.list.children].forEach((option, number) => option.setAttribute('aria-selected', String(number === at)));
    if (at < 0) {
      this.input.removeAttribute('aria-activedescendant');
      return;
    }
    this.input.setAttribute('aria-activedescendant', `${this.list.id}-${at}`);
    this.list.children[at].scrollIntoView({block: 'nearest'});
  }

  press(event) {
    const last = this.found.length - 1;
    if (event.key === 'ArrowDown' && this.list.hidden) this.look();
    else if (event.key === 'ArrowDown') this.mark(this.at >= last ? 0 : this.at + 1);
    else if (event.key === 'ArrowUp') this.mark(this.at <= 0 ? last : this.at - 1);
    else if (event.key === 'Enter') this.take(this.at);
    else if (event.key === 'Escape' && !this.list.hidden) this.close();
    else return;
    event.preventDefault();
  }

  click(event) {
    const option = event.target.closest('[role=option]');
    if (option) this.take([...this.list.children].indexOf(option));
  }

  take(at) {
    if (this.list.hidden || at < 0 || at >= this.found.length) return;
    const number = this.found[at];
    this.input.value = this.describe(number).name;
    this.close();
    this.choose(number);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute('aria-expanded', 'false');
    this.input.removeAttribute('aria-activedescendant');
  }
}
