// The page: questions of a kind as fields, what was typed as a record beside them, and where it goes.
// Whatever was typed or read is put into the page as text, never as HTML.

const TOLD = JSON.parse(document.getElementById("told").textContent);
const KINDS = new Map(TOLD.kinds.map((kind) => [kind.name, kind]));
const PROSE = "正文";
const TIME = ["日期", "起始日期", "结束日期"];
const LISTS = ["list", "pairs", "marks", "rows"];
const GROUPS = LISTS.concat("words"); // forms of several controls
const PRIVATE = "个人信息不能写，删去。";
const MANY = 8; // words, from which on there is a search above them

// The office's preview has put its key here: then the real checker answers, and can save.
const officeMark = document.querySelector("meta[name=fazhi-office]");
const OFFICE = officeMark ? officeMark.content : "";

let state = fresh("");
let serial = 0; // of ids
let attempted = false; // to save: from then on what is missing is pointed out
let marked = []; // the errors that are shown
let answered = { path: "", problems: [] }; // by the office's checker, of this record

// `values` by key: a text, a list of words, a list of {name, value} or a list of rows. `source` is the
// record that is being changed: {path, name, text, parts, before, closed}; `others` is what was typed of
// other kinds, by kind.
function fresh(kind) {
  return { kind, values: {}, prose: "", opened: [], sent: [], source: null, others: {} };
}

// What is asked, and what was answered

function kindOf() {
  return KINDS.get(state.kind);
}

function holds(word, year) {
  return (word.since || year) <= year && year <= (word.until || year);
}

function leadingDay(data) {
  const kind = kindOf(), leading = data.get(kind.leading) || data.get(TIME[1]) || "";
  if (kind.fields[kind.leading].form === "period") return lastDay(String(leading));
  return isDay(leading) ? leading : "";
}

// The day in the name of its file.
function dayOf(data) {
  return leadingDay(data) || (data.has(kindOf().leading) || data.has(TIME[1]) ? "日期还没有读懂" : today());
}

function yearOf(data) {
  return Number((leadingDay(data) || today()).slice(0, 4));
}

function categoryOf(data) {
  const year = yearOf(data), name = data.get("类别");
  return kindOf().categories.find((one) => one.name === name && holds(one, year));
}

// The words that a field may have in the year and the 类别 of the record.
function wordsOf(key, field, data) {
  const category = categoryOf(data), own = category && category.words[key];
  if (own) return own.map((name) => ({ name }));
  const year = yearOf(data);
  return field.words.filter((word) => holds(word, year));
}

// The keys that the record must have, in its order.
function neededKeys(data) {
  const kind = kindOf(), keys = new Set([kind.leading]);
  for (const key of kind.order) if (kind.fields[key].required) keys.add(key);
  if (kind.spans && (data.has(TIME[1]) || data.has(TIME[2]))) {
    keys.delete(TIME[0]);
    keys.add(TIME[1]).add(TIME[2]);
  }
  const category = categoryOf(data);
  if (category && !category.section) keys.add("板块");
  const need = kind.need, other = need && data.get(need.other);
  if (need && (need.unless ? (other || need.unless) !== need.unless : !other)) keys.add(need.key);
  return kind.order.filter((key) => keys.has(key));
}

// One question asks for a day or for both ends.
function asksFor(key) {
  return kindOf().spans && TIME.includes(key) ? TIME[0] : key;
}

function asksOf(keys) {
  return Array.from(new Set(keys.map(asksFor)));
}

function offeredKeys(data, needed) {
  const category = categoryOf(data), kind = kindOf();
  return kind.order.filter((key) => asksFor(key) === key && !needed.some((other) => asksFor(other) === key) &&
    (key !== "板块" || !(category && category.section)) &&
    (key !== "任务" || data.has(key) || wordsOf(key, kind.fields[key], data).length) &&
    (key !== "标记" || (category && Object.keys(category.marks).length)));
}

function answers() {
  const data = new Map(), kind = kindOf();
  if (!kind) return data;
  for (const key of kind.order) {
    const value = asData(kind.fields[key], state.values[key]);
    if (value !== undefined) data.set(key, value);
  }
  if (kind.spans) {
    const first = strip(state.values[TIME[0]] || ""), last = strip(state.values[TIME[2]] || "");
    const ends = last ? [first, last] : first.split(/\s*(?:至|到|—+|～|~)\s*/);
    const from = properDay(dashed(ends[0])), end = /^(?:(\d\d?)[-.\/月])?(\d\d?)[日号]?$/.exec(ends[1]);
    if (end && from) ends[1] = from.slice(0, 5) + (end[1] || from.slice(5, 7)) + "-" + end[2]; // 5日至7日
    TIME.forEach((key) => data.delete(key));
    if (ends.length === 2) {
      ends.forEach((end, at) => end && data.set(TIME[at + 1], readDay(end)));
    } else if (first) {
      data.set(TIME[0], readDay(first));
    }
  }
  return data;
}

// What was typed into a field, as data; undefined where that is nothing.
function asData(field, typed) {
  if (!typed || !typed.length) return undefined;
  if (field.form === "list") return typed.slice();
  const mapOf = (pairs) => pairs.length ? new Map(pairs) : undefined;
  if (field.form === "pairs") {
    const given = typed.filter((pair) => strip(pair.name) && strip(pair.value));
    return mapOf(given.map((pair) => [strip(pair.name), readNumber(pair.value)]));
  }
  if (field.form === "marks") {
    return mapOf(typed.filter((pair) => pair.value.length).map((pair) => [pair.name, pair.value]));
  }
  if (field.form === "rows") {
    const rows = typed.map((row) => {
      const item = new Map();
      for (const [key, part] of Object.entries(field.parts)) {
        const value = asData(part, row[key]);
        if (value !== undefined) item.set(key, value);
      }
      return item;
    }).filter((item) => item.size);
    return rows.length ? rows : undefined;
  }
  const text = strip(typed);
  if (!text) return undefined;
  if (field.form === "day") return readDay(text);
  return field.form === "number" ? readNumber(text) : text;
}

// The other way: data of a record that was read, as what is typed. Throws NotUnderstood.
function asTyped(field, value) {
  const isText = (one) => typeof one === "string" || typeof one === "number";
  const must = (fits) => { if (!fits) throw new NotUnderstood(); };
  if (field.form === "list") {
    must(Array.isArray(value) && value.every(isText));
    return value.map(String);
  }
  if (field.form === "pairs" || field.form === "marks") {
    must(value instanceof Map);
    return Array.from(value, ([name, held]) => {
      must(isText(held) || (field.form === "marks" && Array.isArray(held) && held.every(isText)));
      return { name, value: Array.isArray(held) ? held.map(String) : String(held) };
    });
  }
  if (field.form === "rows") {
    must(Array.isArray(value));
    return value.map((item) => {
      must(item instanceof Map);
      const row = {};
      for (const [key, held] of item) {
        must(field.parts[key]);
        row[key] = asTyped(field.parts[key], held);
      }
      return row;
    });
  }
  must(isText(value) && !/\n/.test(value));
  return String(value);
}

function missingKeys(data) {
  const closed = state.source ? state.source.closed : {};
  return neededKeys(data).filter((key) => !data.has(key) && !(key in closed));
}

// The record as it will be saved: {path, name, text}.
function finished(data) {
  const kind = kindOf(), source = state.source;
  if (source) {
    const changes = new Map();
    for (const key of kind.order) {
      const before = source.before.get(key), now = data.get(key);
      if (!(key in source.closed || same(before, now))) changes.set(key, now);
    }
    const prose = state.prose === source.prose ? undefined : state.prose;
    const text = changes.size || prose !== undefined
      ? changedText(source.parts, changes, kind.order, prose) : source.text;
    return { path: source.path, name: source.name, text };
  }
  const day = dayOf(data), title = data.get("标题") || "";
  const name = stem(kind, day, title, takenNames()) + ".md";
  return {
    path: "records/" + yearOf(data) + "/" + kind.folder + "/" + name, name,
    text: recordText(data, kind.order, state.prose),
  };
}

function same(one, other) {
  return flow(one) === flow(other);
}

function takenNames() {
  return new Set(kept.batch.map((one) => one.name.replace(/\.md$/, "").toLowerCase()));
}

// Building

function el(tag, given, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.filter(Boolean));
  return made;
}

function button(text, act, given) {
  return el("button", Object.assign({ type: "button", onclick: act }, given), text);
}

function newId() {
  serial += 1;
  return "f" + serial;
}

// What may be changed: a place in the state, and how its name is called.
function place(holder, key) {
  return {
    get: () => holder()[key],
    set: (value) => { holder()[key] = value; changed(); },
  };
}

// A question about one key: its name, what is asked, the answer, and what is wrong with it.
function question(key, field, at, given) {
  const isGroup = GROUPS.includes(field.form) && !given.isText;
  const said = newId(), about = newId();
  const name = [key, given.required ? el("span", { class: "must" }, "必填") : ""];
  const box = el(isGroup ? "fieldset" : "div", { class: "question " + (given.isWide ? "wide" : ""), "data-key": key });
  const described = (field.asked ? about + " " : "") + said;
  const asked = field.asked ? el("p", { class: "asked", id: about }, field.asked) : null;
  if (isGroup) box.setAttribute("aria-describedby", described);
  if (isGroup) box.append(el("legend", {}, ...name));
  const message = el("div", { class: "said", id: said, "aria-live": "polite" });
  const made = given.isGiven ? el("pre", { class: "closed" }, given.isGiven)
    : answerTo(field, at, given, described);
  if (!isGroup) {
    const id = newId();
    const input = made.matches("input, textarea") ? made : made.querySelector("input, textarea");
    if (input) input.id = id;
    box.append(el(input ? "label" : "p", input ? { for: id } : { class: "label" }, ...name));
  }
  box.append(...[asked, made, message].filter(Boolean));
  return box;
}

function answerTo(field, at, given, described) {
  if (field.form === "rows") return rowsAnswer(field, at);
  if (field.form === "pairs") return pairsAnswer(given.words, at);
  if (field.form === "day") return dayAnswer(at, given, described);
  if (field.form === "marks") return marksAnswer(given.marks, at);
  if (!given.isText && field.form === "list") return wordsAnswer(given.words, at, true, true);
  if (!given.isText && field.form === "words") return wordsAnswer(given.words, at, false, given.required);
  const isNumber = field.form === "number", inputmode = isNumber ? "decimal" : undefined;
  const take = field.form === "list" ? (text) => at.set(text.split(/[、，,；;\s[\]]+/).filter(Boolean)) : at.set;
  const input = textInput({ get: at.get, set: take }, { "aria-describedby": described, inputmode });
  return isNumber ? withUnit(input, field.unit) : input;
}

function withUnit(input, unit) {
  return el("span", { class: "number" }, input, unit ? el("span", { class: "unit" }, unit) : null);
}

function textInput(at, given) {
  const input = el("input", Object.assign({ type: "text", autocomplete: "off", spellcheck: "false" }, given));
  const held = at.get();
  input.value = Array.isArray(held) ? held.join("、") : held || "";
  input.addEventListener("input", () => at.set(typedIn(input)));
  return input;
}

// What nobody sees nobody means, nor the signs of one font: they come with what is pasted. The input
// itself stays as it is, with its caret and what can be undone.
function typedIn(input) {
  return input.value.replace(/[\v\u2028\u2029]/g, input.rows ? "\n" : "").replace(/(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\uf000-\uf0ff]/gu, "");
}

// A day that is typed: 今天 becomes the day at once, since a draft may be taken up on another.
function dayInput(at, given) {
  const input = textInput(at, given);
  const put = (text) => { input.value = readDay(text); at.set(input.value); };
  input.addEventListener("input", () => AGO.includes(strip(at.get())) && put(at.get()));
  input.onchange = () => isDay(readDay(at.get())) && put(at.get());
  return { input, put };
}

function dayAnswer(at, given, described) {
  const { input, put } = dayInput(at, { "aria-describedby": described, placeholder: "如 " + today() });
  const calendar = el("input", { type: "date", "aria-label": "从日历里选", class: "calendar" });
  calendar.oninput = () => calendar.value && put(calendar.value);
  const box = el("div", { class: "day" }, input,
    button("今天", () => put("今天")), button("昨天", () => put("昨天")), calendar);
  if (given.ends) {
    const last = dayInput(given.ends, { "aria-label": "结束日期", placeholder: "到哪天" });
    box.append(el("span", { class: "until" }, "至"), last.input);
  }
  return box;
}

// Words as a list to choose from, with a search where there are many.
function wordsAnswer(words, at, several, required) {
  const box = el("div", { class: "words" }), name = newId();
  const held = () => { const now = at.get(); return several ? now || [] : now ? [now] : []; };
  const known = words.concat(held().filter((one) => !words.some((word) => word.name === one))
    .map((one) => ({ name: one, meaning: "词表里没有" })));
  const clear = button("不选了", () => { inputs.forEach((one) => { one.checked = false; }); take([]); }, { class: "quiet" });
  const take = (chosen) => { clear.hidden = several || required || !chosen.length; at.set(several ? chosen : chosen[0] || ""); };
  const list = el("div", { class: "list" }), inputs = [];
  for (const word of known) {
    const input = el("input", { type: several ? "checkbox" : "radio", name, value: word.name });
    input.checked = held().includes(word.name);
    // In the order in which they are chosen, as they are typed in the dialogue.
    input.onchange = () => take(several
      ? held().filter((one) => one !== word.name).concat(input.checked ? [word.name] : []) : [word.name]);
    inputs.push(input);
    const about = word.meaning ? el("small", {}, word.meaning) : null;
    list.append(el("label", {}, input, el("span", {}, word.name, about)));
  }
  clear.hidden = several || required || !held().length;
  list.append(clear);
  const shown = () => inputs.filter((input) => !input.parentNode.hidden);
  // Boxes to tick are one stop of the Tab key; the arrows go on from there, as among radio buttons.
  const stop = (here) => several && inputs.forEach((input) => { input.tabIndex = input === here ? 0 : -1; });
  if (several) {
    list.addEventListener("focusin", (event) => stop(event.target));
    list.onkeydown = (event) => {
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key], all = shown();
      const next = step && all[all.indexOf(event.target) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
    };
  }
  stop(inputs[0]);
  if (known.length > MANY) {
    const search = el("input", { type: "search", class: "search", placeholder: "找词，回车选中", "aria-label": "在词里找" });
    const narrow = () => {
      const sought = strip(typedIn(search));
      inputs.forEach((input) => { input.parentNode.hidden = !input.checked && !input.parentNode.textContent.includes(sought); });
      stop(shown()[0]);
    };
    search.oninput = (event) => { event.stopPropagation(); narrow(); };
    search.onkeydown = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = strip(search.value) && shown().find((input) => !input.checked);
      if (first) first.click();
      search.value = "";
      narrow();
    };
    box.append(search);
    list.classList.add("long");
  }
  box.append(list);
  return box;
}

// The value that a list of {name, value} has of one name.
function pairOf(at, name) {
  const find = () => (at.get() || []).find((pair) => pair.name === name);
  return {
    get: () => (find() || {}).value,
    set: (value) => {
      const pairs = (at.get() || []).slice(), there = find();
      if (there) there.value = value; else pairs.push({ name, value });
      at.set(pairs.filter((pair) => pair.value.length));
    },
  };
}

// Amounts by name, of words or of names that are typed.
function pairsAnswer(words, at) {
  const box = el("div", { class: "pairs" });
  const held = () => (at.get() || []).slice();
  const names = words.concat(held().filter((pair) => !words.some((word) => word.name === pair.name)));
  for (const word of words.length ? names : []) {
    const input = textInput(pairOf(at, word.name), { inputmode: "decimal", id: newId() });
    box.append(el("span", { class: "pair" }, el("label", { for: input.id }, word.name),
      withUnit(input, word.unit)));
  }
  if (!words.length) {
    const add = () => {
      const row = el("span", { class: "pair free" });
      const read = () => at.set(Array.from(box.querySelectorAll(".free"), (one) => {
        const [name, value] = one.querySelectorAll("input");
        return { name: typedIn(name), value: typedIn(value) };
      }).filter((pair) => pair.name || pair.value));
      const pair = held()[box.querySelectorAll(".free").length] || { name: "", value: "" };
      for (const [part, label] of [["name", "名称"], ["value", "数量"]]) {
        const input = el("input", { type: "text", "aria-label": label, placeholder: label, autocomplete: "off" });
        input.value = pair[part];
        input.oninput = read;
        row.append(input);
      }
      more.before(row);
    };
    const more = button("再加一项", add, { class: "quiet" });
    box.append(more);
    for (let count = Math.max(held().length, 1); count > 0; count--) add();
  }
  return box;
}

// Further things that a 类别 says by a word.
function marksAnswer(marks, at) {
  const box = el("div", { class: "marks" });
  for (const [name, mark] of Object.entries(marks)) {
    const own = pairOf(at, name), words = mark.words.map((word) => ({ name: word }));
    box.append(el("fieldset", { class: "inner" }, el("legend", {}, name), wordsAnswer(words, own, mark.several, false)));
  }
  return box;
}

// A list of what has parts of its own: 议题, 佐证材料.
function rowsAnswer(field, at) {
  const box = el("div", { class: "rows" });
  const rows = () => at.get() || [];
  const draw = () => {
    box.textContent = "";
    rows().forEach((row, number) => {
      const group = el("fieldset", { class: "row" }, el("legend", {}, "第 " + (number + 1) + " 项"));
      for (const [key, part] of Object.entries(field.parts)) {
        const words = wordsOf("", part, answers());
        const isText = isUnlisted(part, words);
        group.append(question(key, part, place(() => rows()[number], key), { required: part.required, words, isText, isWide: words.length > MANY || part.required && part.form === "text" }));
      }
      group.append(button("删去这一项", () => {
        at.set(rows().filter((one) => one !== row));
        draw();
        (box.querySelector("button") || box).focus();
      }, { class: "quiet" }));
      box.append(group);
    });
    box.append(button(rows().length ? "再加一项" : "加一项", () => {
      at.set(rows().concat([{}]));
      draw();
      box.querySelectorAll(".row")[rows().length - 1].querySelector("input").focus();
    }, { class: "add" }));
  };
  draw();
  return box;
}

// The page

const drawn = new Map(); // questions by key: {node, made of what}

function byId(id) {
  return document.getElementById(id);
}

function drawKinds() {
  for (const kind of KINDS.values()) {
    const input = el("input", { type: "radio", name: "kind", value: kind.name });
    input.checked = kind.name === state.kind;
    input.onchange = () => {
      const { kind: name, values, prose, opened, sent, others } = state, typed = Object.keys(values).filter((key) => values[key].length);
      turnTo(kind.name);
      // What has the same name is asked by both: it is offered to a kind that has no draft of its own.
      if (!others[kind.name]) {
        for (const key of typed) {
          if (key !== "类别" && kind.fields[key] && KINDS.get(name).fields[key].form === kind.fields[key].form) {
            state.values[key] = values[key];
          }
        }
        state.prose = prose;
      }
      const isHeld = (one) => typed.every((key) => same(one.values[key], values[key])) && (!prose || one.prose === prose);
      if (![state].concat(Object.values(state.others)).some(isHeld)) state.others[name] = { values, prose, opened, sent };
      redraw();
    };
    byId("kinds").append(el("label", {}, input, el("span", {}, kind.name, el("small", {}, kind.meaning))));
  }
}

// Another record, of a kind: what was typed of it, and else none.
function turnTo(name) {
  const { [name]: held, ...others } = state.others;
  state = Object.assign(fresh(name), held, { others });
}

// All anew, after the state is another.
function redraw() {
  drawn.clear();
  byId("needed").textContent = "";
  byId("offered").textContent = "";
  attempted = false;
  answered = { path: "", problems: [] };
  for (const input of byId("kinds").querySelectorAll("input")) input.checked = input.value === state.kind;
  byId("prose").value = state.prose;
  changed();
}

// After every change: ask what must be asked now, show the record, keep the draft.
function changed() {
  const kind = kindOf();
  byId("questions").hidden = !kind;
  byId("outcome").hidden = !kind;
  byId("kind-box").disabled = byId("add").hidden = Boolean(state.source); // what is changed is saved alone
  if (kind) {
    const data = answers(), needed = neededKeys(data), offered = offeredKeys(data, needed);
    const opened = offered.filter((key) => state.opened.includes(key) || data.has(key) ||
      (state.values[key] || []).length || state.source && key in state.source.closed);
    arrange(byId("needed"), asksOf(needed), data, true);
    arrange(byId("offered"), opened, data, false);
    drawOffers(offered.filter((key) => !opened.includes(key)));
    show(data);
  }
  drawBatch();
  keepSoon();
}

function isUnlisted(field, words) {
  return ["words", "list"].includes(field.form) && !words.length;
}

// Put the questions of a list into their place; one that stays as it was is not touched.
function arrange(box, keys, data, required) {
  const kind = kindOf(), category = categoryOf(data);
  keys.forEach((key, at) => {
    const field = kind.fields[key];
    const words = wordsOf(key, field, data), marks = category ? category.marks : {};
    const isGiven = state.source && state.source.closed[key];
    // A list that depends on the 类别 is empty before that is chosen; one that nobody declared is text.
    const isText = isUnlisted(field, words);
    const madeOf = JSON.stringify([required, words, key === "标记" && marks, isText]);
    let held = drawn.get(key);
    if (!held || held.madeOf !== madeOf || !box.contains(held.node)) {
      const given = { required, words, marks, isText, isGiven, isWide: GROUPS.includes(field.form) || key === "标题" };
      if (kind.spans && key === TIME[0]) given.ends = place(() => state.values, TIME[2]);
      const node = question(key, field, place(() => state.values, key), given);
      if (key === "类别") node.append(el("p", { class: "again" }));
      if (held && held.node.parentNode) held.node.remove();
      held = { node, madeOf };
      drawn.set(key, held);
    }
    if (box.children[at] !== held.node) box.insertBefore(held.node, box.children[at] || null);
  });
  while (box.children.length > keys.length) box.lastChild.remove();
}

function drawOffers(keys) {
  const box = byId("offers");
  box.hidden = !keys.length;
  if (box.dataset.keys === keys.join()) return;
  box.dataset.keys = keys.join();
  box.querySelectorAll("button").forEach((one) => one.remove());
  for (const key of keys) {
    box.append(button(key, () => {
      const shape = kindOf().fields[key].form;
      if (shape === "rows") state.values[key] = [{}];
      state.opened.push(key);
      changed();
      const input = drawn.get(key).node.querySelector("input, textarea, button");
      if (input) input.focus();
    }, { title: kindOf().fields[key].asked }));
  }
}

// The record as it will be saved, and under each field what is wrong with it.
function show(data) {
  const made = finished(data);
  const isEmpty = !data.size && !strip(state.prose);
  byId("path").textContent = isEmpty ? "还没有填" : (answered.path || made.path);
  byId("text").textContent = made.text;
  const missing = missingKeys(data), general = byId("general"), all = officeFaults(null);
  general.textContent = "";
  all.forEach((fault) => general.append(faultLine(fault)));
  const telling = (node, key, found) => {
    all.push(...found);
    tell(node, (attempted ? lackingFaults(key, missing) : []).concat(found));
  };
  for (const [key, held] of drawn) if (held.node.parentNode) telling(held.node, key, faults(key, data));
  telling(byId("prose").closest(".question"), PROSE, once(officeFaults(PROSE), () => personalFaults(state.prose)));
  marked = all.filter(isError);
  const lacking = byId("lacking"), still = asksOf(missing).length + marked.length;
  lacking.textContent = (missing.length ? "还缺：" + asksOf(missing).join("、") + "。" : "") + toChange() || "必填的都填了。";
  const look = byId("look");
  look.hidden = false;
  look.textContent = (still ? "还有 " + still + " 处" : "填好了") + " · 看存下来的样子";
  lacking.className = still ? "lacking" : "";
  offerAgain(data);
  drawSubmit(made, missing);
}

function toChange() {
  return marked.length ? "还有 " + marked.length + " 处要改。" : "";
}

// What the checker has said of what is typed is not said twice.
function once(said, own) {
  return said.length ? said : own();
}

function keysOf(key) {
  return kindOf().spans && key === TIME[0] ? TIME : [key];
}

function lackingFaults(key, missing) {
  return [].concat(...keysOf(key).filter((one) => missing.includes(one))
    .map((one) => wrong(one === key ? "这一项必填。" : "“" + one + "”也要填。")));
}

function faults(key, data) {
  const found = [].concat(...keysOf(key).map((one) => once(officeFaults(one, data), () =>
    data.has(one) ? typedFaults(kindOf().fields[one], data.get(one), one, data)
      .map(saidOf(one === key ? "" : "“" + one + "”")) : [])));
  const seen = new Set();
  return found.filter((fault) => !seen.has(fault.message) && seen.add(fault.message));
}

function wrong(message) {
  return [{ severity: "error", message }];
}

function saidOf(what) {
  return (fault) => ({ severity: fault.severity, message: what + fault.message });
}

function isError(fault) {
  return fault.severity === "error";
}

// What can be said without the checker: a day or a number that is none, and personal data.
function typedFaults(field, value, key, data) {
  if (field.form === "day") {
    if (!isDay(value)) return wrong(dayFault(value, yearOf(data)));
    if (value > today()) return [{ severity: "warning", message: "这一天还没有到。" }];
  } else if (field.form === "number") {
    const fault = numberFault(value, field.whole);
    if (fault) return wrong(fault);
  } else if (field.form === "period") {
    if (!lastDay(value)) return wrong("不是一段时间：写成 2024-03、2024年一季度、2024年。");
  } else if (field.form === "pairs") {
    const strange = Array.from(value).find((pair) => numberFault(pair[1], field.whole));
    if (strange) return wrong("“" + strange[0] + "”" + numberFault(strange[1], field.whole));
  } else if (field.form === "words" || field.form === "list") {
    const words = wordsOf(key, field, data).map((word) => word.name);
    const strange = [].concat(value).find((word) => words.length && !words.includes(word));
    if (strange) return wrong("“" + strange + "”不在这里可以用的词里：换一个。");
  } else if (field.form === "rows") {
    return [].concat(...value.map((item, at) => [].concat(...Object.entries(field.parts).map(([name, part]) => {
      const of = "第 " + (at + 1) + " 项的“" + name + "”";
      if (!item.has(name)) return part.required ? [{ severity: "warning", message: of + "还没有填。" }] : [];
      return typedFaults(part, item.get(name), "", data).map(saidOf(of));
    }))));
  }
  if (typeof value !== "string") return [];
  return (/\t/.test(value) ? wrong("里有制表符（Tab）：改成空格。") : []).concat(personalFaults(value));
}

function personalFaults(text) {
  return Array.from(personal(text), ([kind, shown]) => wrong("像是" + kind + "（" + shown + "）：" + PRIVATE)[0]);
}

// What the checker said of a key; null is for what is of no field. What nobody has typed yet is not
// blamed before it is to be saved.
function officeFaults(key, data) {
  const fields = kindOf().fields;
  const isOf = (problem) => key === null ? !fields[problem.key] && problem.key !== PROSE : problem.key === key;
  return attempted || key === null || key === PROSE || data.has(key) ? answered.problems.filter(isOf) : [];
}

function faultLine(fault) {
  return el("p", { class: fault.severity }, fault.message,
    fault.rule ? el("small", {}, fault.rule) : null);
}

function tell(node, found) {
  const box = node.querySelector(":scope > .said"), now = JSON.stringify(found);
  if (box.dataset.now === now) return;
  box.dataset.now = now;
  box.textContent = "";
  found.forEach((fault) => box.append(faultLine(fault)));
  const input = node.querySelector("input[type=text], textarea");
  if (input && node.tagName !== "FIELDSET") {
    if (found.some(isError)) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

// 照上一条: what the last record of the same 类别 had, but for days, numbers and prose.
function lastLike(data) {
  const key = state.kind + "/" + data.get("类别");
  return kept.last[key] || TOLD.last[key];
}

function offerAgain(data) {
  const held = drawn.get("类别"), box = held && held.node.querySelector(".again");
  if (!box) return;
  const found = state.source || !data.get("类别") ? undefined : lastLike(data);
  const last = found && found["标题"] !== data.get("标题") ? found : undefined; // not of itself
  if (box.dataset.now === JSON.stringify(last || null)) return;
  box.dataset.now = JSON.stringify(last || null);
  box.textContent = "";
  if (!last) return;
  box.append(button("照上一条", () => copyLast(last)),
    el("span", {}, "“" + (last["标题"] || "") + "”：空着的项照抄，日期、数量、正文自己写"));
}

function copyLast(last) {
  for (const [key, value] of Object.entries(last)) {
    const held = state.values[key];
    if (!kindOf().fields[key] || (held !== undefined && held.length)) continue;
    state.values[key] = JSON.parse(JSON.stringify(value));
  }
  redraw();
  say("照抄了，逐项核对。");
}

// What may be copied of what was typed here.
function copiedOf() {
  const copied = {}, kind = kindOf();
  for (const [key, field] of Object.entries(kind.fields)) {
    const held = state.values[key];
    if (!field.copied || held === undefined || !held.length) continue;
    copied[key] = field.form !== "rows" ? held : held.map((row) => {
      const own = {};
      for (const [name, part] of Object.entries(field.parts)) {
        if (part.required && row[name]) own[name] = row[name];
      }
      return own;
    });
  }
  return JSON.parse(JSON.stringify(copied));
}

function say(text, isBad) {
  const box = byId("status");
  box.textContent = text;
  box.className = isBad ? "error" : "";
}
