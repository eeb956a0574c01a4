// A list beside its detail keeps its place from page to page.
export function attachScroll() {
  for (const list of document.querySelectorAll('[data-keep-scroll]')) {
    const key = `scroll:${list.dataset.keepScroll}:${location.pathname.split('/').slice(0, 5).join('/')}`
    try { list.scrollTop = Number(sessionStorage.getItem(key) ?? 0) } catch { return }
    window.addEventListener('pagehide', () => {
      try { sessionStorage.setItem(key, String(list.scrollTop)) } catch { /* no store */ }
    })
  }
}
