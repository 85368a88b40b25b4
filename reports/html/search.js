// Finding a name by a part of it.

const most = 40;

/** Names, to be looked through at every key. */
export class NameIndex {
  /** @param {string[]} names */
  constructor(names) {
    this.names = names.map((name) => name.toLowerCase());
  }

  /** The numbers of the best names, best first. */
  search(text) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return [];
    const found = [];
    for (let number = 0; number < this.names.length; number += 1) {
      const score = rate(this.names[number], words);
      if (score !== null) found.push([score, this.names[number].length, number]);
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    return found.slice(0, most).map((one) => one[2]);
  }
}

/** The lower, the better: the whole name, its beginning, that of a part, anywhere, letters in order; null for none. */
function rate(name, words) {
  let score = 0;
  for (const word of words) {
    const one = rateWord(name, word);
    if (one === null) return null;
    score += one;
  }
  return score;
}

function rateWord(name, word) {
  if (name === word) return 0;
  const at = name.indexOf(word);
  if (at === 0) return 1;
  if (at > 0) return /[\w]/.test(name[at - 1]) && name[at - 1] !== '_' ? 3 : 2;
  let next = 0;
  for (const letter of name) {
    if (letter === word[next]) next += 1;
  }
  return next === word.length ? 4 : null;
}
