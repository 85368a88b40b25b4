// Numbers and names as reports/html_explorer.cpp packs them.

/** Reads numbers of seven bits a byte, the lowest first, from base64. */
export class Numbers {
  constructor(base64) {
    this.bytes = atob(base64);
    this.at = 0;
  }

  next() {
    let number = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes.charCodeAt(this.at);
      this.at += 1;
      number += (byte & 0x7f) * scale;
      if (byte < 0x80) return number;
      scale *= 0x80;
    }
  }
}

/** Each name begins with a character that says how much of the one before it shares. */
export function unshare(names) {
  let last = '';
  return names.map((name) => {
    last = last.slice(0, name.charCodeAt(0) - 48) + name.slice(1);
    return last;
  });
}
