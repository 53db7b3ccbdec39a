// What a report does in the browser. Every text of a document is put in as text, never as markup;
// the page's policy would refuse that as well.
"use strict";
(() => {
  // So many segments are laid out together; what is far from the screen is left to the browser.
  const CHUNK = 50;
  // A segment that is longer is folded behind so many characters.
  const FOLD = 20000;
  // So many matches are gone through.
  const MOST_MATCHES = 10000;
  const HIDE_AFTER = 200;
  const SEARCH_AFTER = 150;

  // What can't be seen, or turns the direction of what is around it, is shown by its number. Marks
  // and joiners that shape a script are left alone.
  const UNSEEN =
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2060-\u206f\ufff0-\ufffb\ufeff\ufffe\uffff\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

  const byId = (id) => document.getElementById(id);
  const read = (id) => {
    const block = byId(id);
    return block ? JSON.parse(block.textContent) : null;
  };
  const number = (value) => value.toLocaleString("en");
  const percent = (share) => (share > 0 && share < 0.005 ? "< 1 %" : `${Math.round(share * 100)} %`);
  const idle = window.requestIdleCallback || ((run) => setTimeout(() => run({ timeRemaining: () => 8 }), 1));

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const setup = read("setup");
  const tools = setup.tools || [];
  const entries = [...document.querySelectorAll("#list > li")];
  const single = document.body.classList.contains("one");
  const heading = document.title;

  // A segment as the page's data has it.
  const TEXT = 0, KIND = 1, KEPT = 2, SCORE = 3, VERDICT = 4, BECAUSE = 5, QUOTES = 6, OTHERS = 7, LOST = 8;

  const hiddenKinds = new Set();
  let current = -1;
  let doc = null;
  // The numbers of the segments that are shown; the chunks they are in; what is made of each.
  let shown = [];
  let chunks = [];
  let placeOf = new Map();
  let rows = new Map();
  let active = -1;
  let matches = [];
  let match = -1;

  // What is shown of a document.

  const view = () => document.querySelector("input[name=view]:checked").value;

  // Of two tools or more, a segment is of interest where they differ; of one, where it goes.
  const differs = (segment) => (segment[OTHERS] || []).some((state) => state !== segment[KEPT]);
  const lostQuotes = (segment) => (segment[LOST] || []).some((lost) => lost.length > 0);
  const isStep = (segment) => (tools.length ? differs(segment) : !segment[KEPT]);

  const isShown = (segment) => {
    if (hiddenKinds.has(segment[KIND])) return false;
    const wanted = view();
    if (wanted === "after") return Boolean(segment[KEPT]);
    if (wanted === "differences") return differs(segment);
    if (wanted === "lost") return lostQuotes(segment);
    return true;
  };

  const openDocument = (wanted, focus) => {
    const found = read(`d${wanted}`);
    current = wanted;
    doc = found || { segments: [], strings: [], title: null, authors: [], left: 0 };
    active = -1;
    byId("overview").hidden = true;
    byId("document").hidden = false;
    const entry = entries[wanted];
    const name = entry ? entry.querySelector(".name").textContent : setup.name;
    byId("name").textContent = name;
    document.title = `${name} – ${heading}`;
    for (const one of entries) {
      const link = one.querySelector("a");
      if (one === entry) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    showFacts();
    byId("left").hidden = !doc.left && found !== null;
    byId("left").textContent = found
      ? `So that this page stays usable, ${number(doc.left)} more segments are not shown.`
      : "So that this page stays usable, the text of this document is not in it; the overview counts it.";
    showKinds();
    render();
    if (focus) {
      byId("name").focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  };

  const openOverview = (focus) => {
    current = -1;
    hideWhy();
    byId("document").hidden = true;
    byId("overview").hidden = false;
    document.title = heading;
    for (const one of entries) one.querySelector("a").removeAttribute("aria-current");
    if (focus) {
      byId("main").focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  };

  const showFacts = () => {
    let before = 0, after = 0;
    for (const segment of doc.segments) {
      before += segment[TEXT].length;
      if (segment[KEPT]) after += segment[TEXT].length;
    }
    const facts = [];
    for (const tool of doc.tools || []) {
      const lost = tool.lost ? `, ${number(tool.lost)} of ${number(tool.quotations)} quotations lost` : "";
      facts.push([tool.name, tool.problem ? `failed: ${tool.problem}` : `${percent(tool.share)} of the words kept${lost}`]);
    }
    if (!doc.tools) {
      facts.push(["Characters", `${number(before)} before, ${number(after)} after`]);
      if (before) facts.push(["Removed", percent(1 - after / before)]);
    }
    if (doc.title) facts.push(["Title", doc.title]);
    if (doc.authors.length) facts.push(["By", doc.authors.join(", ")]);
    if (doc.published) facts.push(["Published", doc.published]);
    if (doc.updated) facts.push(["Updated", doc.updated]);
    byId("facts").replaceChildren(
      ...facts.map(([name, value]) => {
        const text = make("bdi");
        addText(text, value, 0, []);
        return make("div", {}, make("dt", {}, name), make("dd", {}, text));
      }),
    );
  };

  const showKinds = () => {
    const counts = new Map();
    for (const segment of doc.segments) counts.set(segment[KIND], (counts.get(segment[KIND]) || 0) + 1);
    const box = byId("kinds");
    for (const old of box.querySelectorAll("label")) old.remove();
    const first = byId("kinds-all");
    for (const kind of [...counts.keys()].sort((a, b) => a - b)) {
      const input = make("input", { type: "checkbox", value: kind });
      input.checked = !hiddenKinds.has(kind);
      const name = setup.kinds[kind];
      const label = make("label", { class: `kind ${name}`, title: setup.words[kind] }, input, ` ${name} `,
        make("span", { class: "amount" }, number(counts.get(kind))));
      box.insertBefore(label, first);
    }
  };

  // Text.

  // Add text to an element; `nodes` gets where each text node begins in the segment.
  const addText = (parent, text, offset, nodes) => {
    let done = 0;
    const plain = (end) => {
      if (end <= done) return;
      const node = document.createTextNode(text.slice(done, end));
      nodes.push([offset + done, node]);
      parent.append(node);
    };
    for (const found of text.matchAll(UNSEEN)) {
      plain(found.index);
      const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      parent.append(make("span", { class: "unseen", dir: "ltr" }, `U+${code}`));
      done = found.index + found[0].length;
    }
    plain(text.length);
  };

  // Where spans of quotations and of what a tool kept begin and end, the text is cut.
  const addSpans = (parent, text, quotes, kept, lost, nodes) => {
    const cuts = new Set([0, text.length]);
    for (const place of quotes.concat(kept || [])) cuts.add(Math.min(place, text.length));
    const places = [...cuts].sort((a, b) => a - b);
    let quote = 0, run = 0;
    for (let at = 0; at + 1 < places.length; at++) {
      const [start, end] = [places[at], places[at + 1]];
      while (quote < quotes.length && quotes[quote + 1] <= start) quote += 2;
      while (kept && run < kept.length && kept[run + 1] <= start) run += 2;
      const quoted = quote < quotes.length && quotes[quote] <= start;
      const gone = kept && !(run < kept.length && kept[run] <= start);
      let target = parent;
      if (quoted) {
        const isLost = lost && lost.includes(quote / 2);
        target = make("mark", { class: isLost ? "quote lost" : "quote" });
        if (isLost) target.title = "a quotation that this tool loses";
        parent.append(target);
      }
      if (gone) {
        const part = make("del");
        target.append(part);
        target = part;
      }
      addText(target, text.slice(start, end), start, nodes);
    }
  };

  const buildCell = (segment, nodes, kept, lost, whole) => {
    const cell = make("div", { class: "text" });
    const text = segment[TEXT];
    const folded = !whole && text.length > FOLD;
    const part = folded ? text.slice(0, FOLD) : text;
    addSpans(cell, part, segment[QUOTES] || [], kept, lost, nodes);
    if (folded) {
      const more = make("button", { type: "button", class: "more" },
        `Show ${number(text.length - FOLD)} more characters`);
      cell.append(more);
    }
    return cell;
  };

  const stateOf = (segment) => (segment[KEPT] ? "kept" : "removed");

  const buildRow = (n, whole) => {
    const segment = doc.segments[n];
    const kind = setup.kinds[segment[KIND]];
    const strip = make("span", { class: "strip" }, make("span", { class: "fill" }));
    strip.style.setProperty("--score", segment[SCORE]);
    strip.style.setProperty("--threshold", setup.threshold);
    const quoted = segment[QUOTES]?.length ? ", holds a quotation" : "";
    const button = make("button", { type: "button", class: "margin", tabindex: "-1" },
      strip,
      make("span", { class: `kind ${kind}` }, kind),
      make("span", { class: "score" }, segment[SCORE].toFixed(2)),
      make("span", { class: "hidden-text" }, `, ${stateOf(segment)}${quoted}. Reasons`));
    const row = make("div", { class: `segment ${stateOf(segment)} ${kind}`, role: "listitem" }, button);
    row.dataset.number = n;
    const nodes = [];
    if (!tools.length) {
      row.append(buildCell(segment, nodes, null, null, whole));
    } else {
      addTools(row, segment, nodes, whole);
    }
    return { row, button, nodes };
  };

  // What each tool kept of a segment, side by side.
  const addTools = (row, segment, nodes, whole) => {
    const length = segment[TEXT].length;
    const states = [segment[KEPT], ...(segment[OTHERS] || [])];
    states.forEach((state, place) => {
      const kept = state === 1 ? [0, length] : state === 0 ? [] : state;
      const lost = place ? (segment[LOST] || [])[place - 1] || [] : [];
      // Only what is in the first column is searched, lest everything be found several times.
      const [name, word] = state === 1 ? ["whole", "keeps it"] : state === 0 ? ["none", "loses it"] : ["part", "keeps a part"];
      const said = lost.length ? `${word}, and loses a quotation` : word;
      // Where there is room for one column alone, the same text is not shown again.
      const same = place && state === states[0] ? " same" : "";
      row.append(make("div", { class: `cell ${name}${same}` },
        make("p", { class: "tool" }, make("b", {}, tools[place]), ` ${said}`),
        buildCell(segment, place ? [] : nodes, kept, lost, whole)));
    });
  };

  // Chunks.

  const estimate = (numbers) => {
    const width = Math.max(20, (byId("text").clientWidth - 160) / (tools.length || 1) / 8);
    let lines = 0;
    for (const n of numbers) {
      const text = doc.segments[n][TEXT];
      lines += Math.max(1.4, Math.ceil(Math.min(text.length, FOLD) / width)) + 0.6;
    }
    return Math.round(lines * 24);
  };

  const render = () => {
    hideWhy();
    shown = [];
    doc.segments.forEach((segment, n) => {
      if (isShown(segment)) shown.push(n);
    });
    rows = new Map();
    placeOf = new Map();
    chunks = [];
    for (let start = 0; start < shown.length; start += CHUNK) {
      const numbers = shown.slice(start, start + CHUNK);
      const element = make("div", { class: "chunk", role: "none" });
      element.style.containIntrinsicSize = `auto ${estimate(numbers)}px`;
      numbers.forEach((n) => placeOf.set(n, chunks.length));
      chunks.push({ element, numbers, filled: false });
    }
    const text = byId("text");
    text.replaceChildren(...chunks.map((chunk) => chunk.element));
    text.classList.toggle("as-it-is", view() === "after");
    text.hidden = !shown.length;
    byId("nothing").hidden = shown.length > 0 || !doc.segments.length;
    byId("shown").textContent = `${number(shown.length)} of ${number(doc.segments.length)} segments are shown`;
    if (chunks.length) fill(0);
    if (!placeOf.has(active)) active = -1;
    setActive(active >= 0 ? active : shown.length ? shown[0] : -1);
    search(false);
    const mine = chunks;
    const goOn = (deadline) => {
      if (mine !== chunks) return;
      let next = mine.findIndex((chunk) => !chunk.filled);
      while (next >= 0 && next < mine.length && deadline.timeRemaining() > 2) {
        fill(next);
        next += 1;
      }
      if (next >= 0 && mine.some((chunk) => !chunk.filled)) idle(goOn);
      else byId("text").dataset.whole = "yes";
    };
    byId("text").dataset.whole = "no";
    idle(goOn);
  };

  const fill = (place) => {
    const chunk = chunks[place];
    if (chunk.filled) return;
    chunk.filled = true;
    const built = chunk.numbers.map((n) => {
      const row = buildRow(n, false);
      rows.set(n, row);
      return row.row;
    });
    chunk.element.append(...built);
    if (matches.length) highlight(chunk.numbers);
  };

  const rowOf = (n) => {
    fill(placeOf.get(n));
    return rows.get(n);
  };

  const unfold = (n) => {
    const old = rowOf(n);
    const fresh = buildRow(n, true);
    fresh.button.tabIndex = old.button.tabIndex;
    old.row.replaceWith(fresh.row);
    rows.set(n, fresh);
    highlight([n]);
    return fresh;
  };

  const setActive = (n) => {
    const before = rows.get(active);
    if (before) {
      before.button.tabIndex = -1;
      before.row.classList.remove("active");
    }
    active = n;
    if (n < 0) return;
    const row = rowOf(n);
    row.button.tabIndex = 0;
  };

  const goTo = (n, focus = true) => {
    setActive(n);
    const row = rowOf(n);
    row.row.classList.add("active");
    row.row.scrollIntoView({ block: "center" });
    if (focus) row.button.focus({ preventScroll: true });
    // What is laid out on the way moves it; once more, when that is done.
    requestAnimationFrame(() => {
      row.row.scrollIntoView({ block: "center" });
      if (focus) showWhy(n);
    });
  };

  const step = (direction) => {
    if (!doc || current < 0) return;
    if (!tools.length && view() === "after") {
      document.querySelector("input[name=view][value=before]").checked = true;
      render();
    }
    const from = shown.indexOf(active);
    const begun = rows.get(active)?.row.classList.contains("active");
    // The first step forward may be to where the focus would be.
    const first = begun || direction < 0 ? 1 : 0;
    for (let moved = 0; moved < shown.length; moved++) {
      const place = from + direction * (moved + first);
      const n = shown[(place + shown.length * 2) % shown.length];
      if (isStep(doc.segments[n])) {
        goTo(n);
        return;
      }
    }
  };

  // Reasons.

  const why = byId("why");
  let hiding = 0;
  let explained = -1;

  const showWhy = (n) => {
    clearTimeout(hiding);
    const segment = doc.segments[n];
    const row = rows.get(n);
    if (!row) return;
    if (explained !== n) {
      hideWhy();
      explained = n;
      const list = make("ul");
      for (let at = 0; at < segment[BECAUSE].length; at += 2) {
        const weight = segment[BECAUSE][at + 1];
        const words = make("bdi");
        addText(words, doc.strings[segment[BECAUSE][at]], 0, []);
        list.append(make("li", { class: weight < 0 ? "against" : "for" },
          make("span", { class: "weight" }, `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(1)}`), " ", words));
      }
      const head = make("p", {}, make("b", {}, doc.strings[segment[VERDICT]]), ` (score ${segment[SCORE].toFixed(2)})`);
      why.replaceChildren(head, list);
      row.button.setAttribute("aria-describedby", "why");
      row.row.classList.add("explained");
    }
    why.hidden = false;
    place(row.row);
  };

  // Beside the segment where there is room, else below or above it.
  const place = (row) => {
    const box = row.getBoundingClientRect();
    const size = why.getBoundingClientRect();
    const room = document.documentElement.clientWidth - box.right;
    const top = Math.max(8, box.top);
    if (room >= size.width + 16) {
      why.style.left = `${box.right + 8}px`;
      why.style.top = `${Math.min(top, window.innerHeight - size.height - 8)}px`;
      return;
    }
    const below = box.bottom + 4;
    const fits = below + size.height < window.innerHeight;
    why.style.left = `${Math.max(8, Math.min(box.left + 48, document.documentElement.clientWidth - size.width - 8))}px`;
    why.style.top = `${fits ? below : Math.max(8, Math.min(box.top, window.innerHeight) - size.height - 4)}px`;
  };

  const hideWhy = () => {
    clearTimeout(hiding);
    const row = rows.get(explained);
    if (row) {
      row.button.removeAttribute("aria-describedby");
      row.row.classList.remove("explained");
    }
    explained = -1;
    why.hidden = true;
  };

  const hideSoon = () => {
    clearTimeout(hiding);
    hiding = setTimeout(() => {
      const focused = document.activeElement?.closest?.(".segment");
      if (focused && document.activeElement.classList.contains("margin")) showWhy(Number(focused.dataset.number));
      else hideWhy();
    }, HIDE_AFTER);
  };

  // Search.

  const canHighlight = typeof Highlight === "function" && Boolean(CSS.highlights);
  const found = canHighlight ? new Highlight() : null;
  const here = canHighlight ? new Highlight() : null;
  if (canHighlight) {
    CSS.highlights.set("found", found);
    CSS.highlights.set("here", here);
    here.priority = 1;
  }

  const rangeOf = (nodes, start, end) => {
    const at = (place) => {
      let low = 0;
      for (let next = 0; next < nodes.length && nodes[next][0] <= place; next++) low = next;
      return nodes.length ? [nodes[low][1], Math.min(place - nodes[low][0], nodes[low][1].length)] : null;
    };
    const [from, to] = [at(start), at(end)];
    if (!from || !to) return null;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    return range;
  };

  const highlight = (numbers) => {
    if (!canHighlight || !matches.length) return;
    const wanted = new Set(numbers);
    for (const [n, start, end] of matches) {
      if (!wanted.has(n)) continue;
      const row = rows.get(n);
      const range = row && rangeOf(row.nodes, start, end);
      if (range) found.add(range);
    }
  };

  const search = (move) => {
    const wanted = byId("search").value;
    matches = [];
    match = -1;
    if (canHighlight) {
      found.clear();
      here.clear();
    }
    if (!wanted) {
      byId("matches").textContent = "";
      return;
    }
    const pattern = new RegExp(wanted.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&").replace(/\s+/g, "\\s+"), "gi");
    collect: for (const n of shown) {
      for (const one of doc.segments[n][TEXT].matchAll(pattern)) {
        matches.push([n, one.index, one.index + one[0].length]);
        if (matches.length >= MOST_MATCHES) break collect;
      }
    }
    highlight([...rows.keys()]);
    if (move && matches.length) goToMatch(0);
    else sayMatches();
  };

  const sayMatches = () => {
    const many = `${number(matches.length)}${matches.length >= MOST_MATCHES ? " or more" : ""}`;
    byId("matches").textContent = matches.length ? `${match < 0 ? "" : `${number(match + 1)} of `}${many}` : "not found";
  };

  const goToMatch = (wanted) => {
    if (!matches.length) return;
    match = (wanted + matches.length) % matches.length;
    const [n, start, end] = matches[match];
    if (end > FOLD && rowOf(n).row.querySelector(".more")) unfold(n);
    goTo(n, false);
    const range = rangeOf(rowOf(n).nodes, start, end);
    if (canHighlight && range) {
      here.clear();
      here.add(range);
    }
    if (range && doc.segments[n][TEXT].length > 2000) {
      const node = range.startContainer.parentElement;
      requestAnimationFrame(() => {
        const box = range.getBoundingClientRect();
        window.scrollBy(0, box.top - window.innerHeight / 2);
        node.classList.add("at");
      });
    }
    sayMatches();
  };

  // The list of documents.

  const sortList = () => {
    const by = byId("list-sort").value;
    const key = (one) => Number(one.dataset[by]);
    const sorted = [...entries].sort((a, b) =>
      by === "number" ? key(a) - key(b) : key(b) - key(a) || Number(a.dataset.number) - Number(b.dataset.number));
    byId("list").replaceChildren(...sorted);
  };

  const filterList = () => {
    const wanted = byId("list-filter").value.toLowerCase();
    let count = 0;
    for (const one of entries) {
      one.hidden = !one.querySelector(".name").textContent.toLowerCase().includes(wanted);
      count += !one.hidden;
    }
    byId("list-count").textContent = `${number(count)} of ${number(entries.length)}`;
  };

  const stepDocument = (direction) => {
    const order = [...document.querySelectorAll("#list > li:not([hidden])")].map((one) => Number(one.dataset.number));
    if (!order.length) return;
    const at = order.indexOf(current);
    const next = at < 0 ? (direction > 0 ? 0 : order.length - 1) : (at + direction + order.length) % order.length;
    location.hash = `#/${order[next]}`;
  };

  // What people do.

  const follow = (focus) => {
    const wanted = /^#\/(\d+)$/.exec(location.hash);
    if (single) openDocument(0, false);
    else if (wanted && entries[Number(wanted[1])]) openDocument(Number(wanted[1]), focus);
    else openOverview(focus);
  };

  const remember = (name, value) => {
    try {
      localStorage.setItem(`boilerkill-${name}`, value);
    } catch {
      // A page from the disk may not keep anything.
    }
  };
  const recall = (name) => {
    try {
      return localStorage.getItem(`boilerkill-${name}`);
    } catch {
      return null;
    }
  };

  const text = byId("text");
  const segmentOf = (event) => {
    const row = event.target.closest?.(".segment");
    return row ? Number(row.dataset.number) : -1;
  };

  text.addEventListener("pointerover", (event) => {
    const n = segmentOf(event);
    if (n >= 0 && event.pointerType !== "touch") showWhy(n);
  });
  text.addEventListener("pointerleave", hideSoon);
  why.addEventListener("pointerenter", () => clearTimeout(hiding));
  why.addEventListener("pointerleave", hideSoon);
  text.addEventListener("focusin", (event) => {
    const n = segmentOf(event);
    if (n < 0 || !event.target.classList.contains("margin")) return;
    setActive(n);
    rows.get(n).row.classList.add("active");
    showWhy(n);
  });
  text.addEventListener("focusout", hideSoon);
  text.addEventListener("click", (event) => {
    const n = segmentOf(event);
    if (n < 0) return;
    if (event.target.classList.contains("more")) {
      setActive(n);
      unfold(n).button.focus({ preventScroll: true });
    } else if (event.target.closest(".margin")) {
      setActive(n);
      showWhy(n);
    }
  });
  text.addEventListener("keydown", (event) => {
    if (!event.target.classList.contains("margin")) return;
    const at = shown.indexOf(active);
    const last = shown.length - 1;
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (next === undefined || next < 0 || next > last) return;
    event.preventDefault();
    goTo(shown[next]);
  });
  window.addEventListener("scroll", () => {
    const row = rows.get(explained);
    if (row && !why.hidden) place(row.row);
  }, { passive: true });
  window.addEventListener("resize", hideWhy);

  for (const input of document.querySelectorAll("input[name=view]")) input.addEventListener("change", render);
  byId("kinds").addEventListener("change", (event) => {
    const kind = Number(event.target.value);
    if (event.target.checked) hiddenKinds.delete(kind);
    else hiddenKinds.add(kind);
    render();
  });
  const allKinds = (checked) => {
    for (const input of byId("kinds").querySelectorAll("input")) {
      input.checked = checked;
      if (checked) hiddenKinds.delete(Number(input.value));
      else hiddenKinds.add(Number(input.value));
    }
    render();
  };
  byId("kinds-all").addEventListener("click", () => allKinds(true));
  byId("kinds-none").addEventListener("click", () => allKinds(false));
  byId("step-before").addEventListener("click", () => step(-1));
  byId("step-after").addEventListener("click", () => step(1));

  let searching = 0;
  byId("search").addEventListener("input", () => {
    clearTimeout(searching);
    searching = setTimeout(() => search(true), SEARCH_AFTER);
  });
  byId("search").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    goToMatch(match + (event.shiftKey ? -1 : 1));
  });
  byId("match-before").addEventListener("click", () => goToMatch(match - 1));
  byId("match-after").addEventListener("click", () => goToMatch(match + 1));

  if (!single) {
    byId("list-filter").addEventListener("input", filterList);
    byId("list-sort").addEventListener("change", sortList);
    byId("list").addEventListener("click", () => {
      if (matchMedia("(max-width: 50rem)").matches) byId("list-box").open = false;
    });
    byId("list-box").open = !matchMedia("(max-width: 50rem)").matches;
    filterList();
  }

  const help = byId("help");
  byId("help-button").addEventListener("click", () => help.showModal());
  const switchView = () => {
    const inputs = [...document.querySelectorAll("input[name=view]")];
    const at = inputs.findIndex((input) => input.checked);
    inputs[(at + 1) % inputs.length].checked = true;
    render();
  };
  const KEYS = {
    n: () => step(1),
    p: () => step(-1),
    b: switchView,
    "/": () => byId("search").focus(),
    "?": () => help.showModal(),
    "]": () => single || stepDocument(1),
    "[": () => single || stepDocument(-1),
    o: () => single || (location.hash = "#/"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideWhy();
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || !byId("keys").checked) return;
    if (event.target.matches("select, textarea, input:not([type=checkbox], [type=radio])")) return;
    const run = KEYS[event.key];
    if (!run || (current < 0 && "npb/".includes(event.key))) return;
    event.preventDefault();
    run();
  });

  const theme = byId("theme");
  const paint = () => {
    document.documentElement.dataset.theme = theme.value;
  };
  theme.value = recall("theme") || "";
  theme.addEventListener("change", () => {
    remember("theme", theme.value);
    paint();
  });
  paint();

  if (tools.length) {
    document.documentElement.style.setProperty("--tools", tools.length);
    byId("heads").append(make("span"), ...tools.map((name) => make("span", {}, name)));
  }
  window.addEventListener("hashchange", () => follow(true));
  follow(false);
})();
