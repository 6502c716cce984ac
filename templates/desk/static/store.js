// @ts-check
// What this browser remembers for the desk, as JSON. It may be told to keep nothing, be
// full, or hold something odd: no page stops at that.

/** @param {string} key @returns {any} null where nothing is kept */
export function recall(key) {
  return quietly(() => JSON.parse(localStorage.getItem(key) ?? "null")) ?? null;
}

/** Say whether it is kept. @param {string} key @param {unknown} value */
export function keep(key, value) {
  return quietly(() => localStorage.setItem(key, JSON.stringify(value)) ?? true) ?? false;
}

/** @param {string} key */
export function forget(key) {
  quietly(() => localStorage.removeItem(key));
}

/** The key that this tab's page before used, which is this page's from now on. @param {string} name @param {string} own */
export function exchange(name, own) {
  return quietly(() => {
    const before = sessionStorage.getItem(name);
    sessionStorage.setItem(name, own);
    return before;
  }) ?? null;
}

/** Hold a key as long as the page is there. @param {string} key */
export function hold(key) {
  navigator.locks?.request(key, () => new Promise(() => {})).catch(() => {}); // refused with the rest
}

/** Keys that begin so and that no page holds, but for one of this tab's own. @param {string} start @param {string | null} [own] */
export async function unheld(start, own = null) {
  const locks = await navigator.locks?.query().catch(() => null);
  const held = new Set(locks?.held?.map((lock) => lock.name));
  const keys = quietly(() => Object.keys(localStorage)) ?? [];
  return keys.filter((key) => key.startsWith(start) && (key === own || !held.has(key)));
}

/** @template T @param {() => T} what @returns {T | undefined} */
function quietly(what) {
  try {
    return what();
  } catch {
    return undefined;
  }
}
