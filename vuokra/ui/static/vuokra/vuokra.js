/* Vuokra: what the browser adds. Every page reads and saves without it. Budget 15 kB. */
"use strict";

(() => {
  const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  const seconds = (count) => `${count} s`;

  /* Shortcuts: the handlers are read from the list that the page shows. */
  const shortcuts = new Map();
  let prefix = "";
  let prefixTimer = 0;

  const actions = {
    search: () => {
      if (!box) return;
      cameFrom = document.activeElement;
      box.focus();
      box.select();
    },
    list: () => document.getElementById("shortcuts")?.togglePopover(),
    "next-row": () => moveRow(1),
    "previous-row": () => moveRow(-1),
    "open-row": () => openRow(),
    "choose-row": () => chooseRow(),
    compare: () => press(document.querySelector("[data-compare]")),
    renew: () => press((document.querySelector("[data-row]") ? rowAt(document.activeElement) : document)?.querySelector("[data-renew]")),
    pick: () => press((rowAt(document.activeElement) ?? document).querySelector("[data-pick]")),
  };

  function readShortcuts() {
    for (const row of document.querySelectorAll("[data-keys]")) {
      const { keys, action, url } = row.dataset;
      if (url) shortcuts.set(keys, () => window.location.assign(url));
      else if (actions[action]) shortcuts.set(keys, actions[action]);
    }
  }

  function onKey(event) {
    if (event.defaultPrevented || event.isComposing) return;
    if (holdsBack(event)) { event.preventDefault(); return; }
    if (event.key === "Escape") { closeOpen(event.target); return; }
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = event.target.closest("form");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
    if (document.body.dataset.shortcuts !== "on") return;
    const keys = prefix ? `${prefix} ${event.key}` : event.key;
    setPrefix("");
    const run = shortcuts.get(keys);
    if (run) { if (run() !== false) event.preventDefault(); }
    else if ([...shortcuts.keys()].some((known) => known.startsWith(`${keys} `))) setPrefix(keys);
  }

  /* A long form is drawn anew by the server: nothing is typed into what is about to be replaced, and
     Enter does something in a search field alone. */
  function holdsBack({ key, target, ctrlKey, metaKey }) {
    const form = target.closest("[data-long]");
    if (form?.querySelector(".htmx-request")) return true;
    return Boolean(form) && key === "Enter" && !ctrlKey && !metaKey && target.matches("input:not([name$=-q])");
  }

  function setPrefix(keys) {
    window.clearTimeout(prefixTimer);
    prefix = keys;
    if (keys) prefixTimer = window.setTimeout(() => { prefix = ""; }, 1500);
  }

  /* Rows of a list: one row has the focus (roving tabindex); j and k move it, Enter opens it. */
  const rowAt = (element) => element?.closest?.("[data-row]");

  function moveRow(step) {
    const rows = [...document.querySelectorAll("[data-row]")];
    if (!rows.length) return false;
    const next = rows[Math.min(Math.max(rows.indexOf(rowAt(document.activeElement)) + step, 0), rows.length - 1)];
    for (const row of rows) row.tabIndex = row === next ? 0 : -1;
    next.focus();
    return true;
  }

  function press(control) {
    control?.click();
    return Boolean(control);
  }

  function openRow() {
    const row = document.activeElement;
    if (!row?.matches("[data-row]")) return false;
    row.querySelector("[data-open]")?.click();
    return true;
  }

  /* Chosen rows: the bar shows with the first, and says how many. */
  const bulk = document.querySelector("[data-bulk]");
  const boxes = [...document.querySelectorAll("[data-choose]")];

  function chooseRow() {
    const choice = rowAt(document.activeElement)?.querySelector("[data-choose]");
    choice?.click();
    return Boolean(choice);
  }

  function countChosen() {
    const many = boxes.filter((one) => one.checked).length;
    const every = document.querySelector("[data-choose-every]").checked;
    const all = document.querySelector("[data-choose-all]");
    for (const one of boxes) rowAt(one).classList.toggle("selected", one.checked || every);
    all.checked = many === boxes.length;
    all.indeterminate = many > 0 && many < boxes.length;
    bulk.hidden = !many && !every;
    bulk.querySelector("[data-bulk-count]").hidden = every;
    bulk.querySelector("[data-bulk-count] span").textContent = String(many);
  }

  function prepareChoosing() {
    if (!bulk || !boxes.length) return;
    const all = document.querySelector("[data-choose-all]");
    all.hidden = false;
    all.addEventListener("change", () => {
      for (const one of boxes) one.checked = all.checked;
      countChosen();
    });
    for (const one of [...boxes, document.querySelector("[data-choose-every]")]) {
      one.addEventListener("change", countChosen);
    }
    countChosen();
  }

  /* Idle: a warning, then the page is covered, then the session is over. Minutes come with the page;
     typing counts as use, so the server is told of it now and then. */
  const idle = document.querySelector("[data-idle]");
  const ASK_EVERY = 5 * 60000;
  let lastUse = Date.now();
  let lastAsked = lastUse;

  function watchIdle() {
    if (!idle) return;
    const [warn, cover, end] = idle.dataset.idle.split(" ").map((minutes) => Number(minutes) * 60000);
    const use = () => { if (Date.now() - lastUse < warn) lastUse = Date.now(); };
    for (const kind of ["keydown", "pointerdown", "wheel"]) document.addEventListener(kind, use, { passive: true });
    idle.querySelector("[data-stay]").addEventListener("click", stay);
    window.setInterval(() => {
      const away = Date.now() - lastUse;
      if (away >= end) window.location.reload();
      else if (away >= cover) coverPage();
      else if (away >= warn) warnIdle();
      else if (lastUse - lastAsked >= ASK_EVERY) tellUse();
    }, 5000);
  }

  function warnIdle() {
    if (idle.matches(":popover-open")) return;
    idle.showPopover();
    idle.querySelector("[data-stay]").focus();
  }

  function coverPage() {
    warnIdle();
    for (const place of [...countdowns.keys()]) hideValue(place, false);
    document.body.classList.add("covered");
  }

  function stay() {
    lastUse = Date.now();
    document.body.classList.remove("covered");
    idle.hidePopover();
    tellUse();
  }

  function tellUse() {
    lastAsked = Date.now();
    const headers = JSON.parse(document.body.getAttribute("hx-headers"));
    fetch(idle.dataset.url, { method: "POST", headers }).then((answer) => {
      if (answer.redirected) window.location.reload();
    }, () => { lastAsked = 0; });
  }

  /* Menus and reason prompts are <details>: Esc and a click outside close them. */
  function closeOpen(from) {
    const open = [...document.querySelectorAll("details[data-closes][open]")];
    for (const menu of open) {
      menu.open = false;
      if (menu.contains(from)) menu.querySelector("summary").focus();
    }
    if (!open.length && from === box) leaveSearch();
  }

  /* Search box: hits below it, walked by the arrow keys; Esc gives the focus back. */
  const box = document.querySelector("[data-search]");
  const panel = document.getElementById("search-panel");
  const SHORTEST = 2;
  let cameFrom = null;

  function showHits(shown) {
    panel.hidden = !shown;
    const list = panel.querySelector("[role=listbox]");
    box.setAttribute("aria-expanded", String(shown && Boolean(list)));
    choose(null);
  }

  function choose(hit) {
    for (const other of panel.querySelectorAll("[role=option]")) {
      other.setAttribute("aria-selected", String(other === hit));
    }
    if (hit) { box.setAttribute("aria-activedescendant", hit.id); hit.scrollIntoView({ block: "nearest" }); }
    else box.removeAttribute("aria-activedescendant");
  }

  function leaveSearch() {
    showHits(false);
    if (cameFrom?.isConnected && cameFrom !== document.body) cameFrom.focus();
    else box.blur();
    cameFrom = null;
  }

  function onSearchKey(event) {
    const hits = [...panel.querySelectorAll("[role=option]")];
    const at = hits.findIndex((hit) => hit.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length) {
      event.preventDefault();
      panel.hidden = false;
      choose(hits[(at < 0 && step < 0 ? 0 : at + step + hits.length) % hits.length]);
    } else if (event.key === "Enter" && at >= 0 && !panel.hidden) {
      event.preventDefault();
      window.location.assign(hits[at].href);
    }
  }

  function prepareSearch() {
    if (!box) return;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-controls", "search-panel");
    showHits(false);
    box.addEventListener("keydown", onSearchKey);
    box.addEventListener("focus", () => { if (panel.childElementCount && box.value) showHits(true); });
    box.form.addEventListener("focusout", (event) => {
      if (!box.form.contains(event.relatedTarget)) showHits(false);
    });
    box.addEventListener("htmx:beforeRequest", (event) => {
      if (box.value.trim().length >= SHORTEST) return;
      event.preventDefault();
      showHits(false);
    });
    panel.addEventListener("htmx:beforeSwap", (event) => {
      event.detail.shouldSwap = [200, 403, 422].includes(event.detail.xhr.status);
      event.detail.isError = !event.detail.shouldSwap;
    });
    panel.addEventListener("htmx:afterSwap", () => showHits(document.activeElement === box));
  }

  function onClick(event) {
    for (const menu of document.querySelectorAll("details[data-closes][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const close = event.target.closest("[data-close]");
    if (close) closeOpen(close);
    const hide = event.target.closest("[data-hide]");
    if (hide) hideValue(hide.closest("[data-reveal-seconds]"), true);
  }

  /* A revealed value leaves the page when its time is up, when hidden, and with the page. */
  const countdowns = new Map();

  function startCountdown(place) {
    stopCountdown(place);
    const clock = place.querySelector("[data-countdown]");
    const end = Date.now() + Number(place.dataset.revealSeconds) * 1000;
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (!place.isConnected) stopCountdown(place);
      else if (left <= 0) hideValue(place, place.contains(document.activeElement));
      else clock.textContent = seconds(left);
    };
    countdowns.set(place, window.setInterval(tick, 500));
    tick();
  }

  function stopCountdown(place) {
    window.clearInterval(countdowns.get(place));
    countdowns.delete(place);
  }

  function hideValue(place, refocus) {
    stopCountdown(place);
    place.querySelector("[data-shown]")?.remove();
    place.removeAttribute("data-reveal-seconds");
    const hidden = place.querySelector("[data-masked]");
    hidden.hidden = false;
    if (refocus) hidden.querySelector("button, summary")?.focus();
  }

  function watchReveals(root) {
    const places = [...root.querySelectorAll("[data-reveal-seconds]")];
    if (root.matches?.("[data-reveal-seconds]")) places.push(root);
    for (const place of places) if (!countdowns.has(place)) startCountdown(place);
    return places;
  }

  /* Forms: one submit at a time, and a told failure that clears nothing. */
  function onSubmit(event) {
    const form = event.target;
    if (form.method === "dialog" || event.defaultPrevented) return;
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    form.setAttribute("aria-busy", "true");
    window.setTimeout(() => form.removeAttribute("aria-busy"), 8000);
  }

  function onFailure(event) {
    const status = event.detail.xhr?.status;
    if (status === 401) { window.location.reload(); return; }
    const notices = document.getElementById("notices");
    const text = document.getElementById("request-failed");
    if (notices && text) notices.replaceChildren(text.content.cloneNode(true));
    event.detail.elt?.closest?.("form")?.removeAttribute("aria-busy");
  }

  function onSwap(event) {
    const root = event.detail.elt;
    const revealed = watchReveals(root);
    if (revealed.length && root !== document.body) revealed[0].querySelector("[data-hide]")?.focus();
  }

  /* An error link leaves its field in the address, and a page with one takes no autofocus. */
  function readRefusal() {
    const summary = document.querySelector(".error-summary");
    if (!summary || !window.location.hash) return;
    window.history.replaceState(null, "", window.location.pathname + window.location.search);
    summary.focus();
  }

  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("submit", onSubmit);
  document.addEventListener("htmx:load", onSwap);
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, onFailure);
  }
  window.addEventListener("pagehide", () => {
    for (const place of [...countdowns.keys()]) hideValue(place, false);
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
  prepareSearch();
  prepareChoosing();
  readShortcuts();
  readRefusal();
  watchIdle();
  watchReveals(document);
})();
