"use strict";
document.documentElement.classList.add("js");

const spelling = new Intl.Collator("en", { numeric: true });

// A table's heads become buttons that sort it: numbers by value, words by their spelling.
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  table.querySelectorAll("thead th").forEach((head, column) => {
    if (!head.textContent.trim()) return;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== "descending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = [...body.rows].map((row) => {
        const cell = row.cells[column];
        const key = cell.dataset.key ?? cell.textContent.trim();
        return [key, Number(key.replace(/[\s\u202f]/g, "")), row];
      });
      const byNumber = keyed.every(([key, number]) => key === "" || !Number.isNaN(number));
      keyed.sort((a, b) => (byNumber ? a[1] - b[1] : spelling.compare(a[0], b[0])) * (down ? -1 : 1));
      body.remove(); // off the page, moving ten thousand rows lays out nothing
      body.append(...keyed.map(([, , row]) => row));
      table.append(body);
      table.dispatchEvent(new Event("sorted"));
    });
  });
}

// The findings: searched, chosen by flag, and shown a page at a time.
for (const tools of document.querySelectorAll(".tools")) {
  const table = document.getElementById(tools.dataset.table);
  const [words, flag, told] = [tools.querySelector("input"), tools.querySelector("select"), tools.querySelector("output")];
  const [before, after] = tools.querySelectorAll("button");
  const size = 50;
  let page = 0;
  const texts = new Map();
  const text = (row) => {
    if (!texts.has(row)) texts.set(row, row.textContent.toLowerCase());
    return texts.get(row);
  };
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rows = [...table.tBodies[0].rows];
    const found = rows.filter((row) => (!flag.value || row.dataset.flag === flag.value) && wanted.every((word) => text(row).includes(word)));
    page = Math.max(0, Math.min(page, Math.ceil(found.length / size) - 1));
    const shown = new Set(found.slice(page * size, (page + 1) * size));
    for (const row of rows) row.hidden = !shown.has(row);
    told.textContent = found.length ? `${page * size + 1}\u2013${page * size + shown.size} of ${found.length}` : "nothing found";
    before.disabled = page === 0;
    after.disabled = (page + 1) * size >= found.length;
  };
  const anew = () => { page = 0; show(); };
  words.addEventListener("input", anew);
  flag.addEventListener("change", anew);
  table.addEventListener("sorted", anew);
  before.addEventListener("click", () => { page -= 1; show(); });
  after.addEventListener("click", () => { page += 1; show(); table.scrollIntoView(); });
  show();
}

// What is folded is printed too.
const opened = [];
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("details:not([open])")) {
    if (one.closest("[hidden]")) continue;
    one.open = true;
    opened.push(one);
  }
});
addEventListener("afterprint", () => { while (opened.length) opened.pop().open = false; });
