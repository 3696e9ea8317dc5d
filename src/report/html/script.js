"use strict";
for (const section of document.querySelectorAll("section[data-list]")) {
  const parts = [...section.querySelectorAll(":scope > .chunk, :scope > details")];
  const chunks = [...section.querySelectorAll(".chunk")];
  if (!chunks.length) continue;
  const SIZE = 200, make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text || "" });
  const tools = make("div"), find = make("input"), kind = make("select"), back = make("button", "Back"), next = make("button", "Next"), said = make("span");
  tools.className = "tools"; said.className = "soft"; said.setAttribute("role", "status");
  find.type = "search"; find.placeholder = "Filter"; find.setAttribute("aria-label", "Filter the rows of this table");
  kind.setAttribute("aria-label", "Show rows of one severity");
  for (const word of ["all", "error", "warning", "advice"]) kind.append(Object.assign(make("option", word), { value: word }));
  tools.append(find, kind, back, next, said);
  parts[0].before(tools);
  const view = chunks[0].cloneNode(true), body = view.querySelector("tbody");
  view.hidden = true; view.classList.remove("chunk"); tools.after(view);
  let rows = null, order = null, page = 0, found = [];
  const words = new WeakMap();
  const text = (row) => {
    if (!words.has(row)) words.set(row, row.textContent.toLowerCase());
    return words.get(row);
  };
  const value = (row, at) => row.cells[at].dataset.v || row.cells[at].textContent;
  const draw = (from, to) => body.replaceChildren(...found.slice(from, to).map((row) => row.cloneNode(true)));
  const turn = () => {
    const last = Math.max(0, Math.ceil(found.length / SIZE) - 1);
    page = Math.min(Math.max(page, 0), last);
    draw(page * SIZE, (page + 1) * SIZE);
    back.disabled = page === 0; next.disabled = page === last;
    said.textContent = found.length + " of " + rows.length + " rows" + (last ? ", page " + (page + 1) + " of " + (last + 1) : "");
  };
  const show = () => {
    rows = rows || chunks.flatMap((chunk) => [...chunk.querySelectorAll("tbody tr")]);
    const wanted = find.value.toLowerCase(), of = kind.value;
    found = rows.filter((row) => (of === "all" || (row.dataset.s || "").includes(of)) && (!wanted || text(row).includes(wanted)));
    if (order) {
      const keyed = found.map((row) => [value(row, order.at), row]);
      const compare = new Intl.Collator("en", { numeric: true }).compare;
      keyed.sort((a, b) => order.way * compare(a[0], b[0]));
      found = keyed.map((pair) => pair[1]);
    }
    page = 0;
    turn();
    view.hidden = false;
    for (const part of parts) part.hidden = true;
  };
  let timer = 0;
  find.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 150); });
  kind.addEventListener("change", show);
  back.addEventListener("click", () => { page -= 1; turn(); });
  next.addEventListener("click", () => { page += 1; turn(); });
  const dress = (table) => [...table.querySelectorAll("thead th")].forEach((head, at) => {
    const button = make("button", head.textContent);
    button.type = "button";
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      order = { at, way: order && order.at === at ? -order.way : 1 };
      show();
      [...view.querySelectorAll("thead th")].forEach((other, index) => {
        if (index === at) other.setAttribute("aria-sort", order.way > 0 ? "ascending" : "descending");
        else other.removeAttribute("aria-sort");
      });
    });
  });
  dress(chunks[0]); dress(view);
  if (chunks.length > 1) show();
  addEventListener("beforeprint", () => { if (!view.hidden) draw(0, found.length); });
  addEventListener("afterprint", () => { if (!view.hidden) turn(); });
}
