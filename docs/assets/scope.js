/*
 * What the theme's program keeps of a reader's choices (the colour scheme), by the folder of this
 * site: the theme writes these four into every page, but no page may carry a script inside it
 * (its Content-Security-Policy says so). A browser that lets nothing be kept forgets, no more.
 */
var __md_scope = new URL("..", document.currentScript.src);

function __md_hash(text) {
  return [...text].reduce((sum, char) => (sum << 5) - sum + char.charCodeAt(0), 0);
}

function __md_get(name, store, scope = __md_scope) {
  try {
    return JSON.parse((store || localStorage).getItem(scope.pathname + "." + name));
  } catch { return null; }
}

function __md_set(name, value, store, scope = __md_scope) {
  try {
    (store || localStorage).setItem(scope.pathname + "." + name, JSON.stringify(value));
  } catch { /* forgotten */ }
}
