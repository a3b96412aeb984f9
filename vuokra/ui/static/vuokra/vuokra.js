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
      const field = document.querySelector("[data-search]");
      if (field) { field.focus(); field.select(); }
    },
    list: () => document.getElementById("shortcuts")?.togglePopover(),
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
    if (run) { event.preventDefault(); run(); }
    else if ([...shortcuts.keys()].some((known) => known.startsWith(`${keys} `))) setPrefix(keys);
  }

  function setPrefix(keys) {
    window.clearTimeout(prefixTimer);
    prefix = keys;
    if (keys) prefixTimer = window.setTimeout(() => { prefix = ""; }, 1500);
  }

  /* Menus and reason prompts are <details>: Esc and a click outside close them. */
  function closeOpen(from) {
    const open = [...document.querySelectorAll("details[data-closes][open]")];
    for (const menu of open) {
      menu.open = false;
      if (menu.contains(from)) menu.querySelector("summary").focus();
    }
    if (!open.length && from.matches?.("[data-search]")) from.blur();
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
  readShortcuts();
  watchReveals(document);
})();
