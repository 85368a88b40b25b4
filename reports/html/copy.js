// Buttons that copy the text beside them.

import {announce, button} from './dom.js';

/** Copies by selection, where there is no clipboard to write to: in a frame, or on a page without a secure origin. */
function copySelection(place) {
  const range = document.createRange();
  range.selectNodeContents(place);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand('copy');
}

async function copy(place) {
  let done = false;
  try {
    await navigator.clipboard.writeText(place.textContent);
    done = true;
  } catch {
    done = copySelection(place);
  }
  announce(done ? 'Copied' : 'This browser does not let the page copy; the text is selected');
}

/** Puts a button behind every text that is meant to be copied. */
export function setUpCopies() {
  for (const place of document.querySelectorAll('pre.copy')) {
    place.after(button('Copy', () => copy(place), {class: 'copy-button', 'aria-label': 'Copy the waiver'}));
  }
}
