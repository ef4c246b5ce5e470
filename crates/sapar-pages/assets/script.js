// What a page can do a little better with script. Nothing needs it: every form works without.
"use strict";
(() => {
  const one = (selector, from = document) => from.querySelector(selector);

  // What was wrong is read first.
  const summary = one(".error-summary");
  if (summary) summary.focus();

  // The keys of the answers: a digit, "?" or "-", unless somebody is typing or turned them off.
  const kept = (value) => {
    try {
      if (value !== undefined) localStorage.setItem("keys", value);
      return localStorage.getItem("keys");
    } catch {
      return null;
    }
  };
  document.addEventListener("keydown", (event) => {
    if (kept() === "off") return;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select")) return;
    const button = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === event.key);
    if (!button) return;
    event.preventDefault();
    // Held down, a key must not answer the next question too.
    if (!event.repeat) button.click();
  });

  const keys = one("[data-keys]");
  if (keys) {
    const label = () => { keys.textContent = kept() === "off" ? keys.dataset.on : keys.dataset.off; };
    keys.addEventListener("click", () => { kept(kept() === "off" ? "on" : "off"); label(); });
    label();
    keys.hidden = false;
  }

  // An answer is sent once, however often the button is touched.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  // "12 minutes ago" stays true while the page is open, where the browser has words for it in this language.
  const language = document.documentElement.lang;
  const units = [["day", 86400, 172800], ["hour", 3600, 7200], ["minute", 60, 0]];
  const words = Intl.RelativeTimeFormat && Intl.RelativeTimeFormat.supportedLocalesOf(language).length
    ? new Intl.RelativeTimeFormat(language, { numeric: "always" })
    : null;
  const shown = Date.now();
  const tell = () => {
    for (const time of document.querySelectorAll("time[data-relative]")) {
      const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
      const [unit, size] = units.find(([, , from]) => Math.abs(seconds) >= from);
      time.textContent = words.format(Math.trunc(seconds / size), unit);
    }
  };
  // The clock of an old machine may be wrong: as long as nothing has passed, the server's words stand.
  if (words) setInterval(() => { if (Date.now() - shown > 55000) tell(); }, 60000);

  // The zone of a document is checked as soon as it is complete.
  const zone = one("textarea[name=zone]");
  const said = one("[data-zone]");
  if (zone && said) {
    let asked = "";
    let wait = 0;
    const check = async () => {
      const text = zone.value.trim();
      if (text === asked) return;
      asked = text;
      said.replaceChildren();
      // The shortest zone has two lines of 36 letters.
      if (text.replace(/\s/g, "").length < 72) return;
      try {
        const answer = await fetch("/zone", {
          method: "POST",
          headers: { "X-CSRF-Token": one("meta[name=csrf]").content, Accept: "application/json" },
          body: new URLSearchParams({ zone: text, csrf: one("meta[name=csrf]").content }),
          credentials: "same-origin",
        });
        if (!answer.ok || asked !== text) return;
        const read = await answer.json();
        const line = document.createElement("p");
        line.className = read.ok ? "read" : "error";
        line.textContent = read.message;
        said.replaceChildren(line);
        if (!read.ok) return;
        for (const [name, value] of Object.entries(read.fields || {})) {
          const fields = [...zone.form.querySelectorAll("input, select")].filter((each) => each.name === name);
          for (const field of fields) {
            if (field.type === "radio") field.checked = field.value === value;
            // What somebody wrote is not overwritten.
            else if (!field.value) field.value = value;
          }
        }
      } catch {
        // Without a connection the zone is checked when the form is sent.
      }
    };
    zone.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(check, 250); });
    // A scanner ends each line with Enter; the last one must not be waited for.
    zone.addEventListener("change", check);
    if (!zone.value) zone.focus();
  }

  // Passkeys: the browser asks its person, and the server is told what the key says.
  const passkey = one("[data-passkey]");
  const can = () => window.isSecureContext && window.PublicKeyCredential && PublicKeyCredential.parseCreationOptionsFromJSON;
  if (passkey && can()) {
    const here = location.origin === passkey.dataset.origin;
    const other = one("[data-passkey-elsewhere]");
    if (other) {
      one("a", other).href = passkey.dataset.origin + passkey.dataset.passkey.replace(/\/passkeys?$/, "");
      other.hidden = here;
    }
    passkey.hidden = !here;
    const refused = one("[data-passkey-refused]", passkey);
    const ask = async (step, fields) => {
      const token = one("meta[name=csrf]").content;
      const answer = await fetch(`${passkey.dataset.passkey}/${step}`, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new URLSearchParams({ ...fields, csrf: token }),
        credentials: "same-origin",
      });
      // The session is over: the server sent us to the page to sign in.
      if (answer.redirected) location.assign(answer.url);
      const said = await answer.json();
      if (!answer.ok) throw new Said(said.message);
      return said;
    };
    class Said extends Error {}
    let asking = false;
    const run = async (fields, credential) => {
      if (asking) return;
      asking = true;
      refused.hidden = true;
      try {
        const options = await ask("begin", fields);
        const key = await credential(options);
        const onward = await ask("finish", { response: JSON.stringify(key.toJSON()) });
        location.assign(onward.to);
      } catch (error) {
        // The browser's own words are in its own language and for those who make pages.
        refused.textContent = error instanceof Said ? error.message : passkey.dataset.refused;
        refused.hidden = false;
      } finally {
        asking = false;
      }
    };
    const form = one("form", passkey);
    if (form) {
      form.addEventListener("submit", (event) => {
        if (event.submitter && event.submitter.name === "language") return;
        event.preventDefault();
        event.stopPropagation();
        const { passkey_name: name, password } = form.elements;
        run({ passkey_name: name.value, password: password.value }, (options) =>
          navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }));
        password.value = "";
      });
    } else {
      one("[data-passkey-start]", passkey).addEventListener("click", () =>
        run({}, (options) =>
          navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })));
    }
  }
})();
