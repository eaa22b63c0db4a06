/*
 * A report with scripts: a number shows its evidence beside it. What is shown is what the page holds
 * already, in its tables; without this file, or in a browser that has no <dialog>, the number is the
 * link to its row that it always was.
 */
{
  const box = document.createElement("dialog");
  box.className = "fz-evidence-box";
  box.tabIndex = -1;
  box.setAttribute("aria-labelledby", "fz-evidence-name");
  let asked = null;  // the number whose evidence is shown

  const made = (tag, className, ...held) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...held);
    return element;
  };
  const copied = (cell) => [...cell.cloneNode(true).childNodes];
  const rowOf = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));

  // Last year's number and the change stand in the table of all figures, where this one is published.
  const compared = (link) => {
    const named = [...document.querySelectorAll("tbody th a")].find(({ hash }) => hash === link.hash);
    const cells = named ? [...named.closest("tr").querySelectorAll("td.fz-num")].slice(1) : [];
    return cells.map((cell) => [cell.dataset.label, copied(cell)]);
  };

  const fill = (link, row) => {
    const [name, ...cells] = row.children;
    const [exact, ...others] = cells.map((cell) => [cell.dataset.label, copied(cell)]);
    const months = [...row.querySelectorAll("[data-months]")]
      .map((at) => ["各月", [made("span", "fz-evidence-months", at.dataset.months)]]);
    const close = made("button", "", "关闭");
    close.type = "button";
    close.addEventListener("click", () => hide(true));
    const heading = made("p", "fz-evidence-name", ...copied(name));
    heading.id = "fz-evidence-name";
    const list = made("dl", "");
    const beside = compared(link);
    for (const [label, held] of [exact, ...beside, ...others, ...months]) {
      list.append(made("div", "", made("dt", "", label), made("dd", "", ...held)));
    }
    const whole = made("a", "", "看依据表里的这一行");
    whole.href = link.hash;
    whole.addEventListener("click", () => hide(false));
    const last = list.querySelector(".fz-last");
    if (last && beside.length) last.remove();  // it has a line of its own
    box.textContent = "";
    box.append(heading, list, made("p", "fz-evidence-more", whole, close));
  };

  // Below the line in which the number stands, within the width of the page.
  const place = () => {
    const lines = asked.getClientRects();
    const { left, bottom } = lines[lines.length - 1];
    const origin = box.offsetParent.getBoundingClientRect();
    const room = document.documentElement.clientWidth - box.offsetWidth - 8;
    box.style.left = `${Math.max(8, Math.min(left, room)) - origin.left}px`;
    box.style.top = `${bottom + 4 - origin.top}px`;
  };

  const show = (link, row) => {
    fill(link, row);
    asked = link;
    // Behind the number, so that the keyboard goes on from there; a box that scrolls would cut it off.
    (link.closest(".md-typeset__scrollwrap") || link).after(box);
    box.open = true;  // show() would scroll to the first link in it
    place();
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  };
  const hide = (givesBack) => {
    const link = asked;
    asked = null;
    box.open = false;
    box.remove();
    if (link && givesBack) link.focus({ preventScroll: true });
  };

  // A click beside all that takes the focus brings it to the page or to its whole text.
  const isNowhere = (element) => element.contains(asked);

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.fz-figure");
    const isPlain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const row = box.show && link && isPlain && rowOf(link);
    if (!row) return;
    event.preventDefault();
    const isShown = link === asked;
    if (asked) hide(isShown);
    if (!isShown) show(link, row);
  });
  document.addEventListener("keydown", ({ key }) => { if (asked && key === "Escape") hide(true); });
  // A tap beside it; a finger that scrolls is none.
  document.addEventListener("pointerup", ({ target }) => {
    if (!asked || box.contains(target) || target.closest("a.fz-figure")) return;
    hide(isNowhere(document.activeElement) || box.contains(document.activeElement));
  });
  // Where the focus goes on, nothing is to be covered.
  box.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (asked && next && !isNowhere(next) && !box.contains(next)) hide(false);
  });
  addEventListener("resize", () => { if (asked) place(); });

  if (box.show) {
    for (const link of document.querySelectorAll("a.fz-figure")) link.setAttribute("aria-haspopup", "dialog");
  }
  for (const button of document.querySelectorAll(".fz-print")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}
