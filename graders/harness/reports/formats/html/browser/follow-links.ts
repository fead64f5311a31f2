/** Opens what a link within the page leads into, now and whenever one is followed. */
export function followLinks(): void {
  addEventListener('hashchange', followHash);
  followHash();
}

function followHash(): void {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  for (let at: Element | null = target; at; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  target.scrollIntoView();
  target.focus({ preventScroll: true });
}
