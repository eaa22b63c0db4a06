/*
 * The search, in the place of the theme's: that one needs a Web Worker, which Chromium refuses over
 * file://, makes an index for seconds, and cuts a Chinese query otherwise than its index. Here every
 * character of a query is required, and so is every word that is not Chinese, from its beginning; the
 * text is read as it is. (The theme would fetch a script from elsewhere if none had this file's name.)
 * Messages are those of the theme's worker: 0 texts, 1 ready, 2 a query, 3 what it finds.
 */
window.Worker = class extends EventTarget {
  constructor(address) {
    super();
    this.table = new URL("../../simplified.js", new URL(address, document.baseURI));
  }

  postMessage({ type, data }) {
    if (type === 2) this.answer(3, { items: found(this.texts, data) });
    if (type !== 0) return;
    this.texts = data.docs.map(read);
    const table = document.createElement("script");
    table.onload = table.onerror = () => this.answer(1);  // without it, characters are as typed
    table.src = this.table;
    document.head.append(table);
  }

  answer(type, data) {
    setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data: { type, data } })));
  }

  terminate() {}
};

// What of one kind is written in several ways, character by character: places stay the same.
const folded = new Map([..."·・•‧∙⋅"].map((dot) => [dot, "."]));
function fold(text) {
  return text.replace(/[^\0-~\u4e00-\u9fff，。、；：（）“”《》]/g, (char) => {
    if (!folded.has(char)) {
      const [plain, more] = char.normalize("NFKC");
      folded.set(char, more ? char : folded.get(plain) || plain);
    }
    return folded.get(char);
  }).toLowerCase();
}

function read({ location, title, text, boost = 1 }) {
  [title, text] = [title, text].map((html) => html.replace(/<[^>]*>?|\u200b/g, ""));
  return { location, page: location.split("#")[0], title, text, boost,
           name: fold(title), body: fold(text) };
}

function simplified(run) {
  const at = (char) => window.__traditional ? __traditional.indexOf(char) : -1;
  return run.replace(/\p{sc=Han}/gu, (char) => at(char) < 0 ? char : __simplified[at(char)]);
}

// What a query asks for: runs of characters, or a word; as they may be written, and each part of them.
function asked(query) {
  const start = "(?<!(?!\\p{sc=Han})[\\p{L}\\p{N}])";  // of a word that is not Chinese
  const runs = fold(query).match(/\p{sc=Han}+|(?:(?!\p{sc=Han})[\p{L}\p{N}]|\b\.\b)+/gu) || [];
  return [...new Set(runs)].map((run) => ({
    forms: [...new Set([run, simplified(run)])],
    parts: /\p{sc=Han}/u.test(run)
      ? [...new Set(run)].map((char) => `[${char}${simplified(char)}]`)
      : [start + run.replace(/\./g, "\\.")],
  }));
}

// The pages that hold the whole query, best first, each with the places in it that do.
function found(texts, query) {
  const runs = asked(query);
  const ways = runs.map(({ forms }) => forms);
  const parts = new Set(runs.map((run) => run.parts).flat());
  const wanted = [...parts].map((part) => new RegExp(part, "u"));
  if (!wanted.length) return [];
  const pages = new Map();
  for (const place of texts) {
    if (!wanted.every((term) => term.test(place.name) || term.test(place.body))) continue;
    const hit = { place, score: score(place, ways) };
    pages.set(place.page, [...(pages.get(place.page) || []), hit]);
  }
  const whole = new Map(texts.filter(({ page, location }) => page === location)
    .map((place) => [place.page, place]));
  return [...pages].map(([page, hits]) => {
    hits.sort((one, other) => other.score - one.score);
    // The page itself heads its places; the theme counts on it.
    if (!hits.some(({ place }) => place.location === page) && whole.has(page))
      hits.push({ place: whole.get(page), score: 0 });
    return hits;
  }).sort(([one], [other]) => other.score - one.score)
    .map((hits) => hits.map(({ place, score }) => shown(place, score, runs)));
}

// The nearer to how it was typed, and the more in the title, the better.
function score({ name, body, boost, page, location }, ways) {
  let sum = page === location ? 1 : 0;
  for (const forms of ways) {
    for (const form of forms) {
      sum += (name.includes(form) ? 8 : 0) + (body.includes(form) ? 4 : 0);
      for (let at = 1; at < form.length; at++) {
        const pair = form.slice(at - 1, at + 1);
        sum += ((name.includes(pair) ? 2 : 0) + (body.includes(pair) ? 1 : 0)) / form.length;
      }
    }
  }
  return sum * boost;
}

// A place as the theme lists it, when it does: the words around the first that was looked for, each
// marked; single characters only where the whole is not there.
function shown({ location, title, text, name, body }, score, runs) {
  const pattern = (read) => new RegExp(runs.map(({ forms, parts }) =>
    parts.length > 1 && forms.some((form) => read.includes(form)) ? forms : parts)
    .flat().join("|"), "gu");
  const mark = (written, read) => {
    let [done, end] = ["", 0];
    read.replace(pattern(read), ({ length }, at) => {
      done += `${written.slice(end, at)}<mark>${written.slice(at, at + length)}</mark>`;
      end = at + length;
    });
    return done + written.slice(end);
  };
  return {
    location, score, terms: {},
    get title() { return mark(title, name); },
    get text() {
      const from = Math.max(0, body.search(pattern(body)) - 30);
      const teaser = mark(text.slice(from, from + 120), body.slice(from, from + 120));
      return teaser && `${from ? "…" : ""}${teaser}${text.length > from + 120 ? "…" : ""}`;
    },
  };
}
