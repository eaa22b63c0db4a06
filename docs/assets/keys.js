/*
 * What the keyboard needs beside what the theme does.
 */

// The two switches of the header are labels of boxes that are not shown.
for (const label of document.querySelectorAll("label[role=button]")) {
  const box = document.getElementById(label.htmlFor);
  const tell = () => label.setAttribute("aria-expanded", box.checked);
  tell();
  box.addEventListener("change", () => {
    tell();
    // What had the focus is gone with what was opened.
    const { activeElement } = document;
    const isSeen = activeElement && activeElement !== document.body
      && activeElement.getClientRects().length
      && getComputedStyle(activeElement).visibility === "visible";
    if (!box.checked && !isSeen) label.focus();
  });
  label.addEventListener("keydown", (event) => {
    if (event.key !== " ") return;
    event.preventDefault();  // it would scroll the page
    label.click();
  });
}

// The menu of a small screen: the focus goes into it, and it closes where the focus leaves it.
{
  const drawer = document.getElementById("__drawer");
  const menu = document.querySelector(".md-sidebar--primary");
  const close = () => { if (drawer.checked) drawer.click(); };
  if (drawer) drawer.addEventListener("change", () => {
    if (drawer.checked) (menu.querySelector("[aria-current]") || menu.querySelector("a")).focus();
  });
  document.addEventListener("focusin", ({ target }) => {
    if (!menu || !menu.contains(target)) close();
  });
  document.addEventListener("keydown", ({ key }) => { if (key === "Escape") close(); });
}

// The theme takes single letters for commands, wherever they are typed: whoever speaks to a
// computer, or slips, would be led away (WCAG 2.1, 2.1.4).
addEventListener("keydown", (event) => {
  const isCommand = event.key.length === 1 && event.key !== " ";
  const isTyped = event.target.closest && event.target.closest("input, textarea, select");
  if (isCommand && !isTyped) event.stopImmediatePropagation();
}, true);

// What is wider than the page can be scrolled with the keyboard, and has a name then.
{
  const wide = ".fz-scroll, .md-typeset__scrollwrap, .md-typeset pre > code";
  const look = () => {
    for (const box of document.querySelectorAll(wide)) {
      if (box.scrollWidth > box.clientWidth) {
        if (box.tabIndex !== 0) box.tabIndex = 0;
        box.setAttribute("role", "region");
        const caption = box.querySelector("caption");
        box.setAttribute("aria-label", caption ? caption.textContent : "可以左右滚动");
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    }
  };
  // Also when something unfolds, or the theme puts a table into a box of its own.
  const content = document.querySelector(".md-content");
  new ResizeObserver(look).observe(content);
  // The theme takes it away again from code where nothing can hover: after us, or before, as it falls.
  new MutationObserver(look).observe(content, { attributeFilter: ["tabindex"], subtree: true });
}
