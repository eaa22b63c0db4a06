// A record as text: byte for byte what fazhi/sources/front_matter.py writes and records/names.py
// calls it. tests/output/test_form.py holds the two equal.

const LONGEST_ITEM = 88; // characters of an item of a list on one line
const LONGEST_TITLE = 60;
const MARKS = "“”‘’《》（）【】〔〕、，。；·—…+.\\/~\\-";
// Text in which YAML sees nothing but text: no mark of its own, and no number.
const PLAIN = new RegExp(
  "^(?!-?[0-9]+$)[\\p{L}\\p{N}_“”‘’《（【〔][\\p{L}\\p{N}_" + MARKS + "]*" +
  "(?: [\\p{L}\\p{N}_" + MARKS + "]+)*$", "u");
// What Python takes for a blank: not quite what scripts do.
const BLANK = "[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
const BLANKS_AROUND = new RegExp("^" + BLANK + "+|" + BLANK + "+$", "g");

function strip(text) {
  return text.replace(BLANKS_AROUND, "");
}

function scalar(value) {
  if (typeof value === "number") return String(value);
  return PLAIN.test(value) ? value : JSON.stringify(value);
}

function flow(value) {
  if (value instanceof Map) {
    return "{" + Array.from(value, ([key, held]) => scalar(key) + ": " + flow(held)).join(", ") + "}";
  }
  return Array.isArray(value) ? "[" + value.map(flow).join(", ") + "]" : scalar(value);
}

function itemLines(item) {
  const line = "  - " + flow(item);
  if (Array.from(line).length <= LONGEST_ITEM) return [line];
  return Array.from(item, ([key, held], place) =>
    (place ? "    " : "  - ") + scalar(key) + ": " + flow(held));
}

// The lines of one key: a list of mappings has a line or more an item, all else one line.
function entry(key, value) {
  if (Array.isArray(value) && value.some((item) => item instanceof Map)) {
    return [scalar(key) + ":"].concat(...value.map(itemLines));
  }
  return [scalar(key) + ": " + flow(value)];
}

function recordText(data, order, prose) {
  const keys = order.filter((key) => data.has(key));
  const lines = [].concat(...keys.map((key) => entry(key, data.get(key))));
  const body = strip(prose);
  return "---\n" + lines.map((line) => line + "\n").join("") + "---\n" + (body ? body + "\n" : "");
}

// The name that no file of `taken` has: 日期-标题, or 日期-序号 for a case.
function stem(kind, day, title, taken) {
  let first = day + "-";
  if (!kind.numbered) {
    let text = title.normalize("NFC")
      .replace(new RegExp(BLANK + "|[“”‘’\"'《》〈〉（）()【】〔〕\\[\\]]", "g"), "")
      .replace(/[^\p{L}\p{N}_·.]+/gu, "-")
      .replace(/^[-._·]+|[-._·]+$/g, "");
    text = Array.from(text).slice(0, LONGEST_TITLE).join("").replace(/[-._·]+$/, "");
    first += text || kind.name;
  }
  for (let number = 1; ; number++) {
    const end = kind.numbered ? String(number).padStart(2, "0") : number > 1 ? "-" + number : "";
    if (!taken.has((first + end).toLowerCase())) return first + end;
  }
}

// A record that is there already: its top-level keys by lines. What is not understood stays as it is.

// {head, blocks: [{key, start, end}], lines, tail, newline} or null; `head` and `tail` are what is
// around the front matter, `end` is the line behind the value of a key.
function takenApart(text) {
  const opened = /^\ufeff?(?:[ \t]*\r?\n)*---[ \t]*\r?\n/.exec(text);
  if (!opened) return null;
  const rest = text.slice(opened[0].length);
  const closed = /^---[ \t]*$/m.exec(rest.replace(/\r$/gm, " "));
  if (!closed) return null;
  const yaml = rest.slice(0, closed.index);
  const lines = yaml.split(/(?<=\n)/).filter(Boolean);
  const blocks = [];
  for (let at = 0; at < lines.length; at++) {
    const line = bare(lines[at]);
    if (/^\s*(#|$)/.test(line)) continue;
    if (/^[ \t]|^-(\s|$)/.test(line)) {
      if (!blocks.length) return null;
      blocks[blocks.length - 1].end = at + 1;
      continue;
    }
    const found = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#&*!|>%@`[\]{},?:-][^:#]*?)[ \t]*:(?=\s|$)/.exec(line);
    const key = found && plainOrQuoted(found[1]);
    if (typeof key !== "string" || blocks.some((block) => block.key === key)) return null;
    blocks.push({ key, start: at, end: at + 1, from: found[0].length });
  }
  return {
    head: opened[0], blocks, lines, tail: rest.slice(closed.index),
    newline: /\r\n/.test(opened[0]) ? "\r\n" : "\n",
  };
}

function bare(line) {
  return line.replace(/\r?\n$/, "");
}

// Where a comment begins on a line, or its length: a # in quotes or inside a word is none.
function commentAt(line) {
  let quote = "", before = "";
  for (let at = 0; at < line.length; at++) {
    const char = line[at];
    if (quote) {
      if (char === "\\" && quote === '"') at++;
      else if (char === quote) quote = "";
    } else if (char === "#" && (at === 0 || /[ \t]/.test(line[at - 1]))) {
      return at;
    } else if ((char === '"' || char === "'") && /^$|[[{,:-]/.test(before)) {
      quote = char;
    }
    if (!/\s/.test(char)) before = char;
  }
  return line.length;
}

class NotUnderstood extends Error {}

// A text that stands alone: plain, or in quotes that end on its line.
function plainOrQuoted(text) {
  if (text === "") return null;
  if (/^(?:0|-?[1-9][0-9]{0,14})$/.test(text)) return Number(text);
  if (text[0] === '"') {
    try {
      return JSON.parse(text);
    } catch {
      throw new NotUnderstood();
    }
  }
  if (text[0] === "'") {
    if (!/^'(?:[^']|'')*'$/.test(text)) throw new NotUnderstood();
    return text.slice(1, -1).replace(/''/g, "'");
  }
  if (/^[&*!|>%@`[\]{},#?"]|^-(\s|$)|:(\s|$)/.test(text)) throw new NotUnderstood();
  return text;
}

// A value in brackets or braces, or alone, all of the text.
function readFlow(text) {
  let at = 0;
  const skip = () => { while (/\s/.test(text[at] || "")) at++; };
  const value = (inside) => {
    skip();
    if (text[at] === "[" || text[at] === "{") return collection();
    const start = at;
    if (text[at] === '"' || text[at] === "'") {
      const found = (text[at] === '"' ? /"(?:[^"\\]|\\.)*"/y : /'(?:[^']|'')*'/y);
      found.lastIndex = at;
      if (!found.test(text)) throw new NotUnderstood();
      at = found.lastIndex;
    } else if (inside) {
      while (at < text.length && !/[,[\]{}]/.test(text[at]) && !/^:(\s|$|[,[\]{}])/.test(text.slice(at))) at++;
    } else {
      at = text.length;
    }
    return plainOrQuoted(text.slice(start, at).trim());
  };
  const collection = () => {
    const isList = text[at++] === "[", close = isList ? "]" : "}";
    const found = isList ? [] : new Map();
    for (;;) {
      skip();
      if (text[at] === close) { at++; return found; }
      const one = value(true);
      skip();
      if (isList) found.push(one);
      else {
        if (text[at] !== ":" || found.has(one)) throw new NotUnderstood();
        at++;
        found.set(String(one), value(true));
        skip();
      }
      if (text[at] === ",") at++;
      else if (text[at] !== close) throw new NotUnderstood();
    }
  };
  const read = value(false);
  skip();
  if (at < text.length) throw new NotUnderstood();
  return read;
}

// The value of a key of a record that was taken apart. Throws NotUnderstood.
function readBlock(parts, block) {
  const lines = parts.lines.slice(block.start, block.end).map(bare);
  lines[0] = lines[0].slice(block.from);
  const told = lines.map((line) => line.slice(0, commentAt(line)).replace(/\s+$/, ""));
  const first = told[0].trim(), below = told.slice(1).filter(Boolean);
  if (first) {
    if (below.length && !/^[[{]/.test(first)) throw new NotUnderstood();
    return readFlow([first].concat(below.map((line) => line.trim())).join(" "));
  }
  if (!below.length) return null;
  return /^\s*-(\s|$)/.test(below[0]) ? readList(below) : readPairs(below);
}

function readPairs(lines) {
  const found = new Map(), indent = /^\s*/.exec(lines[0])[0];
  for (const line of lines) {
    const pair = /^(\s*)("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#[\]{},:-][^:]*?)\s*:(?:\s+(.*))?$/.exec(line);
    if (!pair || pair[1] !== indent) throw new NotUnderstood();
    const key = String(plainOrQuoted(pair[2]));
    if (found.has(key)) throw new NotUnderstood();
    found.set(key, readFlow(pair[3] || ""));
  }
  return found;
}

function readList(lines) {
  const items = [], mark = /^(\s*)-\s+(?=\S)/.exec(lines[0]);
  if (!mark) throw new NotUnderstood();
  const inner = " ".repeat(mark[0].length);
  for (const line of lines) {
    if (line.startsWith(mark[0])) items.push([inner + line.slice(mark[0].length)]);
    else if (line.startsWith(inner) && items.length) items[items.length - 1].push(line);
    else throw new NotUnderstood();
  }
  return items.map((item) => {
    const first = item[0].trim();
    if (/^[[{"']/.test(first) && item.length === 1 && !/^("[^"]*"|'[^']*')\s*:/.test(first)) return readFlow(first);
    return /:(\s|$)/.test(first) ? readPairs(item) : readFlow(item.map((line) => line.trim()).join("\n"));
  });
}

// The same record with some keys given other values (undefined takes one away) and, where it is
// given, another prose: all other lines stay. As `changed` in front_matter.py does it.
function changedText(parts, changes, order, prose) {
  const rank = (key) => order.includes(key) ? order.indexOf(key) : order.length;
  const pieces = []; // {key, text}
  let at = 0;
  const own = (lines) => lines.map((line) => line + parts.newline).join("");
  for (const block of parts.blocks) {
    const lead = parts.lines.slice(at, block.start).join("");
    const old = parts.lines.slice(block.start, block.end);
    at = block.end;
    if (!changes.has(block.key)) {
      pieces.push({ key: block.key, text: lead + old.join("") });
      continue;
    }
    const last = bare(old[old.length - 1]), mark = commentAt(last);
    const behind = mark < last.length ? /\s*$/.exec(last.slice(0, mark))[0] + last.slice(mark) : "";
    const value = changes.get(block.key);
    const inside = (value === undefined ? old : old.slice(0, -1)).map(bare)
      .map((line) => line.slice(commentAt(line)).trim()).filter(Boolean);
    const made = value === undefined ? [] : entry(block.key, value);
    if (made.length) made[made.length - 1] += behind;
    pieces.push({ key: made.length ? block.key : null, text: lead + own(inside.concat(made)) });
  }
  const held = parts.blocks.map((block) => block.key);
  for (const [key, value] of changes) {
    if (held.includes(key) || value === undefined) continue;
    const later = pieces.findIndex((piece) => piece.key !== null && rank(piece.key) > rank(key));
    pieces.splice(later < 0 ? pieces.length : later, 0, { key, text: own(entry(key, value)) });
  }
  let tail = parts.tail;
  if (prose !== undefined) {
    const body = strip(prose).replace(/\r?\n/g, parts.newline);
    tail = /^---[ \t]*/.exec(tail)[0] + parts.newline + (body ? body + parts.newline : "");
  }
  return parts.head + pieces.map((piece) => piece.text).join("") +
    parts.lines.slice(at).join("") + tail;
}

function proseOf(parts) {
  return strip(parts.tail.replace(/^---[ \t]*(\r?\n|$)/, "").replace(/\r\n/g, "\n"));
}
