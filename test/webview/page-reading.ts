/**
 * What tests read from the page, in the page itself: functions that `page.evaluate` sends there, so each stands alone.
 */

/** Of these cards those that are not wholly in sight. */
export function hiddenCards(wanted: readonly string[]): string[] {
  const viewport = document.querySelector('.viewport')?.getBoundingClientRect();
  const cards = [...document.querySelectorAll<HTMLElement>('.card')];
  return wanted.flatMap((id) => {
    const at = cards.find((card) => card.dataset.card === id)?.getBoundingClientRect();
    const inSight =
      at !== undefined &&
      viewport !== undefined &&
      at.height > 0 &&
      at.left >= viewport.left - 1 &&
      at.right <= viewport.right + 1 &&
      at.top >= viewport.top - 1 &&
      at.bottom <= Math.min(viewport.bottom, innerHeight) + 1;
    return inSight ? [] : [`${id} ${at ? `${at.left} ${at.top} ${at.right} ${at.bottom}` : 'is not there'}`];
  });
}

/**
 * Texts that are cut by their own box, or that stand beyond the left or right edge of the page or of what they scroll in.
 * What is only for screen readers does not count.
 */
export function cutTexts(): string[] {
  const cut: string[] = [];
  for (const element of document.querySelectorAll<HTMLElement>('sockscope-inspector *')) {
    const own = [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
    );
    if (!own || element.closest('.visually-hidden, .announcer, svg, select') || !element.checkVisibility()) {
      continue;
    }
    const style = getComputedStyle(element);
    const clips = style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1;
    const range = document.createRange();
    range.selectNodeContents(element);
    const beyond = [...range.getClientRects()].some((at) => {
      let left = 0;
      let right = innerWidth;
      for (let box = element.parentElement; box; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== 'visible') {
          const edge = box.getBoundingClientRect();
          left = Math.max(left, edge.left);
          right = Math.min(right, edge.right);
        }
      }
      return at.width > 0 && (at.left < left - 1 || at.right > right + 1);
    });
    if (clips || beyond) {
      cut.push(`${element.className}: ${(element.textContent ?? '').trim().slice(0, 60)}`);
    }
  }
  return cut;
}

/** Heads of cards in which one text lies over another. */
export function overlappingHeads(): string[] {
  const rectsOf = (element: Element): DOMRect[] => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()].filter(({ width }) => width > 0);
  };
  const overlap = (a: DOMRect, b: DOMRect): boolean =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2;
  return [...document.querySelectorAll('.card-head')].flatMap((head) => {
    const texts = [...head.children].map(rectsOf);
    const lies = texts.some((rects, index) =>
      texts.slice(index + 1).some((others) => rects.some((rect) => others.some((other) => overlap(rect, other)))),
    );
    return lies ? [(head.textContent ?? '').trim().replace(/\s+/g, ' ')] : [];
  });
}

/** Texts in which a line ends within an arrow of C. */
export function brokenArrows(): string[] {
  const broken: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent ?? '';
    for (let at = text.indexOf('->'); at >= 0; at = text.indexOf('->', at + 2)) {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 2);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) {
        broken.push(node.parentElement?.closest('[data-row], [data-chip], .section, .statement')?.textContent ?? text);
      }
    }
  }
  return broken.map((text) => text.trim().replace(/\s+/g, ' ').slice(0, 80));
}

/** Names and values of rows in which a line ends within a word. */
export function brokenWords(): string[] {
  const broken: string[] = [];
  for (const element of document.querySelectorAll('.row > .name, .row > .value')) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const text = node.textContent ?? '';
      for (const { index, 0: word } of text.matchAll(/[a-z]{2,}/gi)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) {
          broken.push(element.textContent ?? text);
        }
      }
    }
  }
  return broken.map((text) => text.trim().replace(/\s+/g, ' '));
}

/** Rows that carry a mark of change, as `card row`, and the entries of the list of changes. */
export function marksOnPage(): { readonly marked: string[]; readonly listed: string[] } {
  const rows = [...document.querySelectorAll<HTMLElement>('.card .row.changed')];
  return {
    marked: rows.map((row) => `${row.closest<HTMLElement>('.card')?.dataset.card} ${row.dataset.row}`).sort(),
    listed: [...document.querySelectorAll('.changes li')].map((item) => item.textContent ?? ''),
  };
}
