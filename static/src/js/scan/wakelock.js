// A page one scans on stays awake, where the browser lets it.
export function attachWakeLock() {
  if (!('wakeLock' in navigator)) return
  let lock = null
  const ask = async () => {
    if (document.visibilityState !== 'visible' || (lock && !lock.released)) return
    try {
      lock = await navigator.wakeLock.request('screen')
    } catch { /* a low battery or the person's settings say no */ }
  }
  document.addEventListener('visibilitychange', ask)
  ask()
}
