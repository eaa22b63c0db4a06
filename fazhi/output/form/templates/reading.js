// What was typed, as data: as fazhi/commands/new_record/answers.py reads it. What cannot be read stays
// as it was typed; the checker says what is wrong with it.

const LOOKS_SO = new Map();
for (const char of "0123456789-/.,~:;()%") LOOKS_SO.set(String.fromCharCode(char.charCodeAt(0) + 0xfee0), char);
for (const char of "‐‑‒–—―−﹣⁃") LOOKS_SO.set(char, "-");
for (const char of "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000") LOOKS_SO.set(char, " ");

function looked(text) {
  return strip(Array.from(text, (char) => LOOKS_SO.get(char) || char).join(""));
}

function isoDay(year, month, day) {
  const made = new Date(Date.UTC(year, month - 1, day));
  const isReal = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
  return isReal && year > 0 ? made.toISOString().slice(0, 10) : "";
}

function today(daysAgo) {
  const now = new Date();
  const then = new Date(now.getFullYear(), now.getMonth(), now.getDate() - (daysAgo || 0));
  return isoDay(then.getFullYear(), then.getMonth() + 1, then.getDate());
}

function properDay(text) {
  const found = /^([0-9]{4})(?: *年 *([0-9]{1,2}) *月 *([0-9]{1,2}) *[日号]|([-/.])([0-9]{1,2})\4([0-9]{1,2}))$/.exec(looked(text));
  return found ? isoDay(Number(found[1]), Number(found[2] || found[5]), Number(found[3] || found[6])) : "";
}

const AGO = ["今天", "昨天", "前天"];

function readDay(typed) {
  const text = strip(typed), ago = AGO.indexOf(text);
  if (ago >= 0) return today(ago);
  return properDay(dashed(text)) || text;
}

function dashed(text) {
  return text.replace(/^([0-9０-９]{4})([0-9０-９]{2})([0-9０-９]{2})$/, "$1-$2-$3");
}

// What is wrong with a day that cannot be read; `year` is that of one without.
function dayFault(typed, year) {
  const found = /^(?:([0-9]{2}(?!\/)|[0-9]{4})[-.\/年])?([0-9]{1,2})[-.\/月]([0-9]{1,2})(?![-.\/]?[0-9])/.exec(looked(dashed(strip(typed))).replace(/ /g, ""));
  if (!found) return "不是日期：写成 " + today() + "，或者今天、昨天。";
  const of = (when) => isoDay(when, Number(found[2]), Number(found[3]));
  const first = Number(("20" + (found[1] || year)).slice(-4)), day = of(first);
  if (!day) return "没有这一天。";
  return "还没有读懂：是 " + (found[1] || day <= today() ? day : of(first - 1)) + " 的，就这样写。";
}

function isDay(text) {
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) && properDay(text) === text;
}

const PARTED = /([0-9]),(?=[0-9]{3}(?![0-9]))/g;

function readNumber(typed) {
  const text = strip(typed), looksSo = looked(text);
  let number = text;
  if (/^(?:[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+)$/.test(looksSo)) {
    const whole = looksSo.replace(/,/g, "");
    if (Number(whole) <= 1e8) number = String(Number(whole));
  }
  if (/^-?[0-9]{1,15}$/.test(number)) return Number(number) + 0;
  const amount = looksSo.replace(PARTED, "$1");
  return /^[0-9]{1,12}(?:\.[0-9]{1,10})?$/.test(amount) ? amount : text;
}

function isNumber(read) {
  return typeof read === "number" ? read >= 0 : /^[0-9]{1,12}\.[0-9]{1,10}$/.test(read);
}

function numberFault(read, isWhole) {
  if (!isNumber(read)) return /^-[0-9.]+$/.test(looked(String(read))) ? "不能是负数。" : "不是数：只写数字，不写单位。";
  return isWhole && typeof read !== "number" ? "应当是整数。" : "";
}

// The last day of a period, which is the day of its record; nothing where it is none.
function lastDay(text) {
  const plain = looked(text).replace(/\s/g, "");
  const year = "((?:19[89]|20\\d)\\d)";
  const found = new RegExp("^" + year + "(?:年度?)?(?:[-第]?([一二三四1-4])季度?|-?Q([1-4])|([上下])半年" +
    "|[-/.]?([01]?\\d)月?份?(?:(?:[至到~]|-+)(?:" + year + "[-/.年])?([01]?\\d)月?份?)?)?$").exec(plain);
  if (!found) {
    const ends = looked(text).split(/\s*[至到~]\s*/).map((end) => readDay(end));
    return ends.length === 2 && ends.every(isDay) && ends[0] <= ends[1] ? ends[1] : "";
  }
  let until = Number(found[6] || found[1]), month = 12;
  const quarter = found[2] || found[3];
  if (quarter) month = ("一二三四1234".indexOf(quarter) % 4) * 3 + 3;
  else if (found[4]) month = found[4] === "上" ? 6 : 12;
  else if (found[5]) month = Number(found[7] || found[5]);
  if (month < 1 || month > 12) return "";
  return new Date(Date.UTC(until, month, 0)).toISOString().slice(0, 10);
}

// Personal data, while it is typed: a part of what fazhi/personal finds. The checker decides.

const NUMERALS = "〇零一二三四五六七八九";
const PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
const PERSONAL = [
  ["身份证号", /(?<!\d)[1-9]\d{5}[ -]?(?:18|19|20)\d\d[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[ -]?[\dXx](?!\d)/g, isIdentity],
  ["身份证号", /(?:身份证|证件号|身份号)\D{0,8}\d{6}[\d* ]{8,11}[\dXx*]/g],
  ["手机号", /(?<![\dA-Za-z.])(?:\+?86[ -]?)?1[3-9]\d([ .\-_/·]{0,2})\d{4}\1\d{4}(?!\d)/g],
  ["手机号", /(?<!\d)1([ .\-_/、])[3-9](?:\1\d){9}(?!\d)/g],
  ["手机号", /(?:电话|手机|联系方式|联系人)号?码?[ :是为(]{0,3}1[3-9](?:[^\w]{0,2}\d){9}(?!\d)/g],
  ["银行卡号", /(?<!\d)(?:62|4\d|5[1-5])\d\d(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)/g, isCard],
  ["车牌号", new RegExp("[" + PROVINCES + "][ .·-]?[A-HJ-NP-Z][ .·-]{0,2}(?=(?:[A-Z]{0,2}\\d){3})[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳](?![0-9A-Z])", "gi")],
  ["护照号", /(?<![0-9A-Z])(?:E[A-HJ-NP-Z]|[EG]\d)\d{7}(?![0-9A-Z])/gi],
  ["电子邮箱", /[A-Z0-9._%+-]+ ?@ ?[A-Z0-9-]+(?: ?\. ?[A-Z0-9-]+)* ?\. ?[A-Z]{2,}/gi],
  ["微信或 QQ 号", /(?:[微薇威v] ?信|q ?q|wechat)号?[ :为是(]{0,3}[A-Z0-9][A-Z0-9_-]{4,}/gi],
  ["门牌号", /\d{1,4}(?:栋|幢|号楼) ?\d{0,4}(?:单元|室)|\d{1,3}单元|[路街巷] ?\d{1,5} ?号(?![文令线])/g],
  ["姓名", /(?:姓 {0,3}名|(?:当事|申请|信访|上访|举报|投诉|受害|嫌疑)人|户主|原告|被告)[:=][ ]{0,2}[\u4e00-\u9fff]{2,3}(?![\u4e00-\u9fff])/g],
];

function isIdentity(text) {
  const digits = text.replace(/[ -]/g, "").toUpperCase();
  let sum = 0;
  for (let at = 0; at < 17; at++) sum += Number(digits[at]) * (Math.pow(2, 17 - at) % 11);
  return "10X98765432"[sum % 11] === digits[17];
}

function isCard(text) {
  const digits = text.replace(/\D/g, "").split("").reverse().map(Number);
  const sum = digits.reduce((all, digit, at) => all + (at % 2 ? (digit * 2) % 10 + (digit > 4 ? 1 : 0) : digit), 0);
  return sum % 10 === 0;
}

// The kinds of personal data in a text, each with what was found, masked.
function personal(text) {
  let plain = text.normalize("NFKC").replace(/[‐-―−]/g, "-");
  plain = plain.replace(new RegExp("[" + NUMERALS + "]{11,}", "g"), (run) =>
    Array.from(run, (char) => String(Math.max(NUMERALS.indexOf(char) - 1, 0))).join(""));
  const found = new Map();
  for (const [kind, pattern, isReal] of PERSONAL) {
    for (const match of plain.match(pattern) || []) {
      if (isReal && !isReal(match)) continue;
      const shown = match.length > 8 ? match.slice(0, 3) + "*****" + match.slice(-2) : match[0] + "***";
      if (!found.has(kind)) found.set(kind, shown);
    }
  }
  return found;
}

// Where a new file is made on the platform that holds the records, told from the address at which it
// lets one edit: {name, address, carries}; `carries` is whether the address holds the text.

const LONGEST_ADDRESS = 8191; // bytes, as GitHub takes it

function platform(edit) {
  const found = /^(https?:\/\/([^/]+)\/.+?)\/(-\/edit|_edit|edit)\/([^/]+)\/?(.*)$/.exec(edit || "");
  if (!found) return null;
  const name = found[3] === "-/edit" ? "GitLab" : found[3] === "_edit" ? "Gitea"
    : /(^|\.)gitee\.(com|cn|ru)$/.test(found[2]) ? "Gitee" : "GitHub";
  const prefix = found[5] && !found[5].endsWith("/") ? found[5] + "/" : found[5];
  return { name, base: found[1], branch: found[4], prefix, edit };
}

function newFile(host, path, text) {
  const whole = host.prefix + path, name = whole.slice(whole.lastIndexOf("/") + 1);
  const folder = whole.slice(0, -name.length).split("/").map(encodeURIComponent).join("/");
  const value = "&value=" + encodeURIComponent(text);
  const plain = {
    GitHub: host.base + "/new/" + host.branch + "?filename=" + encodeURIComponent(whole),
    Gitea: host.base + "/_new/" + host.branch + "/" + folder + "?filename=" + encodeURIComponent(name),
    GitLab: host.base + "/-/new/" + host.branch + "?file_name=" + encodeURIComponent(whole),
    Gitee: host.base + "/new/" + host.branch + "/" + folder,
  }[host.name];
  const takesText = host.name === "GitHub" || host.name === "Gitea";
  const carries = takesText && (plain + value).length <= LONGEST_ADDRESS;
  return { address: carries ? plain + value : plain, carries, tooLong: takesText && !carries };
}
