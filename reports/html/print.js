// On paper everything is told: what is folded on the screen is open while the page is printed.

/** Opens all details before printing, and closes those again that were closed. */
export function setUpPrint() {
  let opened = [];
  addEventListener('beforeprint', () => {
    opened = [...document.querySelectorAll('details:not([open])')];
    for (const one of opened) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of opened) one.open = false;
    opened = [];
  });
}
