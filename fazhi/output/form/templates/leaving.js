// Where a record goes: this browser, a folder, a file, the clipboard, the platform, the office.

const STORE = "fazhi-form " + TOLD.township;
let kept = { draft: null, batch: [], last: {} };
let own = "null"; // the draft that this tab has kept or taken up
let canKeep = true;
let folder = null; // the handle of the folder that was chosen
const WRITING = "正在写…";
let keepTimer = 0, askTimer = 0, asked = 0;
let isBusy = false;

// Drafts

// What is kept now: another tab may have changed it. Where nothing can be, what this tab holds is all.
function keptNow(isFirst) {
  let text = "";
  try {
    if (canKeep) text = localStorage.getItem(STORE);
  } catch {
    canKeep = false;
  }
  if (!canKeep) return kept;
  try {
    const held = Object.assign({ draft: null, batch: [], last: {} }, JSON.parse(text));
    held.batch.forEach((one) => strip(one.path) + strip(one.text));
    return held;
  } catch (error) {
    if (isFirst) throw error; // nothing that this form has written
    return kept;
  }
}

function load() {
  kept = keptNow(true);
  const draft = kept.draft, kind = draft && KINDS.get(draft.kind);
  own = JSON.stringify(draft);
  if (!kind) return;
  // A field that has come to be asked in another form since is left out.
  for (const [name, { values }] of Object.entries({ ...draft.others, [draft.kind]: draft })) {
    const fields = KINDS.has(name) ? KINDS.get(name).fields : {};
    for (const key of Reflect.ownKeys(values)) {
      if (!fields[key] || Array.isArray(values[key]) !== LISTS.includes(fields[key].form)) delete values[key];
    }
  }
  Object.assign(state, draft);
  if (draft.original) {
    openText(draft.original.text, draft.original.path, draft);
  } else {
    say("上次没有写完的，接着写；不要了，按“清空”。" + unfinished());
  }
}

function keepSoon() {
  clearTimeout(keepTimer);
  keepTimer = setTimeout(() => keep(), 200);
  if (OFFICE) {
    asked++; // an answer about what was there before is none
    clearTimeout(askTimer);
    askTimer = setTimeout(askOffice, 400);
  }
}

function isUntouched() {
  const typed = Object.values(state.values).some((one) => one && one.length);
  return !typed && !strip(state.prose) && !state.source;
}

// Keep what is typed, and with it a change of what else is kept.
function keep(change) {
  if (!change && own === "null" && isUntouched()) return; // another tab may have kept more
  kept = keptNow();
  if (change) change();
  const source = state.source;
  const { kind, values, prose, opened, sent, others } = state;
  const draft = isUntouched() && !Object.keys(others).length ? null : {
    kind, values, prose, opened, sent, others,
    original: source && { text: source.text, path: source.path },
  };
  // An empty tab clears its own draft alone.
  if (draft || JSON.stringify(kept.draft) === own) {
    kept.draft = draft;
    own = JSON.stringify(draft);
  }
  try {
    if (canKeep) localStorage.setItem(STORE, JSON.stringify(kept));
  } catch {
    canKeep = false;
  }
  byId("storage").hidden = canKeep;
}

// Whether what is typed may go; a record that was only looked at may.
function mayReplace(kind) {
  const { source, others } = state, isSeen = source && finished(answers()).text === source.text;
  return !others[kind] && (isUntouched() || isSeen) || confirm("正在填的还没有保存，不要了吗？");
}

// Whether the record may go: not before what is missing is there, and with errors only where nobody
// else checks it (`isChecked`) or the user says so.
function ready(isChecked) {
  const missing = missingKeys(answers());
  if (state.done && isUntouched()) return false; // a second click: what it says stays
  if (missing.length) {
    attempted = true;
    changed();
    say("还缺“" + asksFor(missing[0]) + "”。", true);
  } else if (isChecked || !marked.length) {
    return true;
  } else {
    const isPrivate = marked.some((fault) => fault.message.endsWith(PRIVATE));
    if (confirm((isPrivate ? "像是写了个人信息，不能交出去！" : "") + toChange() + "就这样交吗？")) return true;
    say(toChange(), true);
  }
  toMarked();
  return false;
}

// To the first field in which something is wrong.
function toMarked() {
  const said = document.querySelector(".said .error");
  focusOn(said && said.closest(".question").querySelector("input:not([type=search]), textarea, button"));
}

// After what is being done: until then the page takes no focus.
function focusOn(input) {
  if (input) setTimeout(() => input.focus());
}

// What was written is what the next of its 类别 may be like.
function remember() {
  const key = state.kind + "/" + answers().get("类别"), copied = copiedOf();
  keep(() => { kept.last[key] = copied; });
}

function unfinished() {
  const others = Object.keys(state.others).join("、");
  return others && "还有没写完的：" + others + "。";
}

// `done` says what became of the record before.
function startAnew(done) {
  if (state.source) history.replaceState(null, "", location.pathname); // which may have asked for it
  turnTo(state.kind);
  state.done = done;
  redraw();
  keep();
  say(done + unfinished());
  focusOn(byId("needed").querySelector("input"));
  if (done) setTimeout(() => byId("status").scrollIntoView({ block: "nearest" })); // what became of it is seen
}

// Several records, one file

function addToBatch() {
  if (!ready()) return;
  kept = keptNow();
  const made = finished(answers());
  remember();
  keep(() => kept.batch.push({ kind: state.kind, ...made }));
  startAnew("记下了“" + made.name + "”，这次一共 " + kept.batch.length + " 条。");
}

function drawBatch() {
  const box = byId("batch"), list = byId("batch-list");
  box.hidden = !kept.batch.length;
  const now = JSON.stringify(kept.batch);
  if (list.dataset.now === now) return;
  list.dataset.now = now;
  list.textContent = "";
  byId("batch-count").textContent = "这次记的 " + kept.batch.length + " 条";
  kept.batch.forEach((one) => {
    const take = () => takeOut([one]);
    const tool = (label, act) => button(label, act, { class: "quiet", "aria-label": label + "：" + one.name });
    list.append(el("li", {}, el("span", {}, one.kind + " " + one.name),
      tool("拿回来改", () => {
        if (!mayReplace(one.kind)) return;
        take();
        openText(one.text, one.path);
        state.source = null; // no file yet: it is written anew, under the name that it comes to have
        changed();
      }),
      tool("删去", () => {
        if (confirm("删去“" + one.name + "”？删去就没有了。")) { take(); changed(); }
      })));
  });
}

// Out of what is kept, which may hold more by now: another tab's stay.
function takeOut(these) {
  const isIn = (one) => these.some((other) => one.name === other.name && one.text === other.text);
  keep(() => { kept.batch = kept.batch.filter((one) => !isIn(one)); });
}

// One after the other, each below a line that says of what kind it is and what it is called.
function batchText() {
  return kept.batch.map((one) => "<!-- 记录：" + one.kind + " " + one.name + " -->\n" + one.text).join("\n");
}

function batchName() {
  return "收件-" + today().replace(/-/g, "") + "-" + new Date().toTimeString().slice(0, 5).replace(":", "") + ".md";
}

// Files and the clipboard

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // there may be none, or it is forbidden: there is an older way
  }
  const area = el("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  return isDone;
}

async function copyHere(then, text) {
  const isDone = await copy(text || finished(answers()).text);
  say(isDone ? "复制好了" + then : "没有复制成：选中文字，自己复制。", !isDone);
}

// The folder that was chosen is remembered between visits; the browser asks again before it is used.
function handles(mode, act) {
  return new Promise((resolve) => {
    try {
      const opening = indexedDB.open("fazhi-form", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("handles");
      opening.onerror = () => resolve(null);
      opening.onsuccess = () => {
        const asking = act(opening.result.transaction("handles", mode).objectStore("handles"));
        asking.onsuccess = () => resolve(asking.result);
        asking.onerror = () => resolve(null);
      };
    } catch {
      resolve(null);
    }
  });
}

async function chosenFolder(anew) {
  if (!folder && !anew) folder = await handles("readonly", (store) => store.get("folder"));
  if (folder && !anew) {
    const wanted = { mode: "readwrite" };
    const granted = !folder.queryPermission || await folder.queryPermission(wanted) === "granted" ||
      await folder.requestPermission(wanted) === "granted";
    if (granted) return folder;
  }
  folder = await window.showDirectoryPicker({ mode: "readwrite" });
  await handles("readwrite", (store) => store.put(folder, "folder"));
  drawFolder();
  return folder;
}

function drawFolder() {
  byId("folder").hidden = !folder;
  if (folder) byId("folder-name").textContent = "存到“" + folder.name + "”";
}

async function exists(where, name) {
  try {
    await where.getFileHandle(name);
    return true;
  } catch (error) {
    if (error.name === "NotFoundError") return false;
    if (error.name === "TypeMismatchError") return true;
    throw error;
  }
}

// The folder for records of a path below the chosen one: the project's, its records', or any other.
async function folderFor(root, path) {
  const [, year, kind] = path.split("/");
  let records = root.name === "records" ? root : null;
  try {
    records = records || await root.getDirectoryHandle("records");
  } catch {
    return { where: root, shown: root.name };
  }
  const where = await (await records.getDirectoryHandle(year, { create: true })).getDirectoryHandle(kind, { create: true });
  return { where, shown: "records/" + year + "/" + kind };
}

async function write(handle, text) {
  const stream = await handle.createWritable();
  await stream.write(text);
  await stream.close();
}

// While a record is saved or opened nothing else is done, whatever is pressed.
async function alone(act) {
  if (isBusy) return;
  const focused = document.activeElement;
  isBusy = byId("page").disabled = true;
  try {
    await act();
  } finally {
    isBusy = byId("page").disabled = false;
    focused.focus();
  }
}

async function saveToFolder(anew) {
  if (!ready()) return;
  say(WRITING);
  try {
    const data = answers(), source = state.source;
    const root = await chosenFolder(anew);
    if (source) return await saveChanged(root);
    const made = finished(data), { where, shown } = await folderFor(root, made.path);
    const taken = takenNames();
    let name = made.name;
    while (await exists(where, name)) {
      taken.add(name.replace(/\.md$/, "").toLowerCase());
      name = stem(kindOf(), dayOf(data), data.get("标题") || "", taken) + ".md";
    }
    await write(await where.getFileHandle(name, { create: true }), made.text);
    remember();
    startAnew("写好了：" + shown + "/" + name + "。");
  } catch (error) {
    say(error.name === "AbortError" ? "" : "没有写成：准许它写，再存一次；不行的，下载。", true);
  }
}

// A record that was there is written only over what was read of it.
async function saveChanged(root) {
  const source = state.source, made = finished(answers()), { where } = await folderFor(root, source.path);
  let handle;
  try {
    handle = await where.getFileHandle(source.name);
  } catch {
    return say("这个文件夹里没有“" + source.name + "”：用“下载”，放回原来的地方。", true);
  }
  const bytes = await (await handle.getFile()).arrayBuffer();
  if (decoded(bytes, false) !== source.text) {
    return say("“" + source.name + "”在别处改过了，没有写：重新打开它再改。", true);
  }
  await write(handle, made.text);
  startAnew("改好了：" + source.name + "。");
}

function decoded(bytes, fatal = true) {
  return new TextDecoder("utf-8", { fatal, ignoreBOM: true }).decode(bytes);
}

// Opening a record to change it

async function openFile(file) {
  if (!mayReplace()) return;
  try {
    const text = decoded(await file.arrayBuffer());
    const wanted = hashPath(), isWanted = wanted && wanted.endsWith("/" + file.name);
    if (isWanted) byId("wanted").hidden = true;
    openText(text, isWanted ? wanted : "", null, file.name);
  } catch {
    say("读不了“" + file.name + "”：先另存为 UTF-8。", true);
  }
}

// `draft` is what was typed since, of a draft that comes back.
function openText(text, path, draft, name = path.slice(path.lastIndexOf("/") + 1)) {
  const taken = safely(() => takenApart(text));
  if (!taken) return say("“" + name + "”开头的各项看不懂：用编辑器改。", true);
  const kind = kindFor(taken, path);
  state = Object.assign(fresh(kind.name), { others: state.others });
  const closed = {};
  for (const block of taken.blocks) {
    const field = kind.fields[block.key];
    if (!field) continue;
    const value = safely(() => readBlock(taken, block));
    const typed = value === null || value === undefined ? value : safely(() => asTyped(field, value));
    if (typed === undefined) closed[block.key] = taken.lines.slice(block.start, block.end).join("");
    else if (typed !== null) state.values[block.key] = typed;
  }
  // One question asks for a day or for both ends.
  if (kind.spans && !(TIME[0] in state.values) && TIME[1] in state.values) {
    state.values[TIME[0]] = state.values[TIME[1]];
  }
  state.prose = proseOf(taken);
  const before = answers();
  // Of a file alone its name is known, and its folder from what it says.
  const at = path || "records/" + yearOf(before) + "/" + kind.folder + "/" + name;
  state.source = { path: at, name, text, parts: taken, before, closed, prose: state.prose };
  if (draft) Object.assign(state, draft);
  redraw();
  const shut = Object.keys(closed);
  say("正在修改“" + name + "”：没有动的各行不变，单独存，不放进这次的。" +
    (shut.length ? "“" + shut.join("”“") + "”的写法这里读不懂，照原样留着：用编辑器改。" : ""));
}

// undefined where the reader gives up.
function safely(act) {
  try {
    return act();
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

// The kind of its folder; of a file alone, that which knows most of its keys.
function kindFor(taken, path) {
  const of = path && TOLD.kinds.find((kind) => kind.folder === path.split("/")[2]);
  const known = (kind) => taken.blocks.filter((block) => kind.fields[block.key]).length;
  return of || TOLD.kinds.slice().sort((one, other) => known(other) - known(one))[0];
}

function hashPath() {
  try {
    const path = decodeURIComponent(location.hash.slice(1));
    return /^records\/[0-9]{4}\/[a-z]+\/[^/]+\.md$/.test(path) ? path : "";
  } catch {
    return "";
  }
}

async function openHash() {
  const path = hashPath();
  const isOpen = state.source && state.source.path === path; // a draft of it came back
  byId("wanted").hidden = !path || isOpen;
  if (!path || isOpen) return;
  byId("wanted-path").textContent = path;
  if (!OFFICE || !mayReplace()) return;
  const found = await ask("record?path=" + encodeURIComponent(path));
  if (found && typeof found.text === "string") {
    byId("wanted").hidden = true;
    openText(found.text, path);
  }
}

// The office's server

async function ask(what, body) {
  const given = { headers: { "X-Fazhi-Token": OFFICE }, cache: "no-store" };
  if (body) {
    given.method = "POST";
    given.headers["Content-Type"] = "application/json";
    given.body = JSON.stringify(body);
  }
  try {
    const answer = await fetch("/" + encodeURIComponent("填表") + "/" + what, given);
    const told = await answer.json();
    if (answer.ok) return told;
    say(told.message || "预览没有答应（" + answer.status + "）。", true);
  } catch {
    say("预览没有回答：写的还在，打开预览再保存。", true);
  }
  return null;
}

// The hashes say which versions of a record are known here, as opened or as sent: another one is not
// written over.
async function forOffice() {
  const { kind, source, sent } = state;
  const hashes = sent.concat(source ? await hashOf(source.text) : []);
  return { kind, text: finished(answers()).text, path: source && source.path, hashes };
}

async function hashOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function askOffice() {
  if (!state.kind || isUntouched()) return;
  const number = asked, told = await ask("check", await forOffice());
  if (!told || number !== asked) return;
  answered = told;
  show(answers());
}

async function saveByOffice() {
  if (!ready(true)) return;
  attempted = true;
  say(WRITING);
  const asking = await forOffice();
  state.sent.push(await hashOf(asking.text)); // its answer may be lost
  keep();
  const told = await ask("save", asking);
  if (!told) return;
  state.sent.pop();
  answered = told;
  if (!told.saved) {
    show(answers());
    say("没有保存：先改好标出来的错误。", true);
    toMarked();
    return;
  }
  if (!state.source) remember();
  const warnings = told.problems.map((problem) => problem.message);
  startAnew("写好了：" + told.path + "。" + (warnings.length ? "提醒：" + warnings.join("；") : ""));
}

// The platform

const HOST = platform(TOLD.edit);

function drawSubmit(made, missing) {
  const link = byId("submit");
  byId("submit-box").hidden = !HOST;
  if (!HOST) return;
  const edited = state.source;
  const to = edited ? { address: HOST.edit + made.path.split("/").map(encodeURIComponent).join("/"), carries: false } : newFile(HOST, made.path, made.text);
  link.href = to.address;
  link.dataset.copies = to.carries ? "" : "1";
  const why = to.tooLong ? "太长，网址里放不下：" : "";
  byId("submit-note").textContent = missing.length ? "" : to.carries
    ? "已经填好，看一遍再提交。"
    : why + "点了以后正文已在剪贴板上，" + (edited ? "在打开的网页里全选，再粘贴。" : "在打开的网页里粘贴" + (HOST.name === "Gitee" ? "，文件名写 " + made.name : "") + "。");
}

async function submit(event) {
  if (isBusy || !ready()) { event.preventDefault(); return; }
  if (byId("submit").dataset.copies) copyHere("，在打开的网页里粘贴。");
}

// Begin

function begin() {
  drawKinds();
  byId("prose").oninput = () => { state.prose = typedIn(byId("prose")); changed(); };
  const on = (id, act) => { byId(id).onclick = act; };
  on("save-office", () => alone(saveByOffice));
  on("save-folder", () => alone(saveToFolder));
  on("other-folder", () => alone(() => saveToFolder(true)));
  on("download", () => {
    if (!ready()) return;
    const made = finished(answers());
    download(made.name, made.text);
    if (!state.source) remember();
    say("下载了 " + made.name + "。记下一条，先按“清空”。");
  });
  on("copy", () => ready() && copyHere("。"));
  on("look", () => byId("outcome").scrollIntoView());
  on("submit", submit);
  on("add", addToBatch);
  on("clear", () => mayReplace() && startAnew(""));
  on("batch-download", () => { const name = batchName(); download(name, batchText()); say("下载了 " + name + "，交给收的人。"); });
  on("batch-copy", () => copyHere("，粘贴给收的人。", batchText()));
  on("batch-clear", () => {
    const these = kept.batch;
    if (!confirm("已经交给收的人了？清掉这 " + these.length + " 条。")) return;
    takeOut(these);
    changed();
  });
  on("open-button", () => byId("open").click());
  byId("open").onchange = (event) => {
    const file = event.target.files[0];
    if (file) alone(() => openFile(file));
    event.target.value = "";
  };
  byId("save-office").hidden = !OFFICE;
  byId("save-folder").hidden = Boolean(OFFICE) || !window.showDirectoryPicker;
  byId("add").classList.toggle("main", !OFFICE);
  byId("no-office").hidden = OFFICE || !["127.0.0.1", "localhost"].includes(location.hostname);
  if (HOST) byId("submit").textContent = "提交到 " + HOST.name;
  onhashchange = () => alone(openHash);
  onpagehide = () => keep();
  onstorage = () => { kept = keptNow(); drawBatch(); };
  onbeforeunload = () => {
    keep();
    if (!canKeep && (kept.draft || kept.batch.length)) return true; // the browser asks
  };
  if (window.showDirectoryPicker && !OFFICE) {
    handles("readonly", (store) => store.get("folder")).then((held) => { folder = held || null; drawFolder(); });
  }
  // Also when it is shown again: a browser that goes back fills in another record.
  onpageshow = () => alone(() => {
    state = fresh("");
    try {
      load();
      redraw();
    } catch {
      state = fresh("");
      redraw();
      say("草稿读不出来。", true);
    }
    return openHash();
  });
}

begin();
