// Saves an interview while it is written. The page works without this file: it has a save button.
// One change is one operation: made once, sent until it is answered, never changed once sent.

const IDLE = 800; // milliseconds without a key before a change is sent
const AGAIN = 5000; // before a change that was not answered is sent once more

const form = document.querySelector("form[data-autosave]");
const uuid = () => crypto.randomUUID?.() ?? "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
  (c) => (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16));

class Field {
  constructor(box) {
    this.box = box;
    const named = (name) => [...form.elements].filter((each) => each.name === box.dataset.field + name);
    this.controls = named("");
    [this.base] = named("-base");
    [this.tongue] = named("-language");
    [this.confirm] = named("-confirm");
    this.type = this.controls[0].type;
    this.state = box.querySelector(".k-saved");
    // What the server has: what the page came with, whatever the browser has put back since.
    this.kept = {
      text: this.read((each) => each.defaultChecked, (each) => each.defaultValue),
      language: this.tongue ? [...this.tongue.options].find((each) => each.defaultSelected)?.value : this.language(),
    };
    this.sent = this.refused = this.panel = null;
  }

  read(isChosen = (each) => each.checked, written = (each) => each.value) {
    if (this.type !== "radio" && this.type !== "checkbox") return written(this.controls[0]);
    return this.controls.filter(isChosen).map((each) => each.value).join(" ");
  }

  write(text) {
    if (this.type !== "radio" && this.type !== "checkbox") this.controls[0].value = text;
    else for (const each of this.controls) each.checked = text.split(" ").includes(each.value);
  }

  words() {
    if (this.type !== "radio" && this.type !== "checkbox") return this.read();
    return this.controls.filter((each) => each.checked).map((each) => each.closest("label").innerText.trim()).join(", ");
  }

  language() { return this.tongue?.value ?? this.box.dataset.language; }

  isNew() {
    const text = this.read();
    return text !== this.kept.text || (text && this.language() !== this.kept.language) || !!this.confirm?.checked;
  }

  // Make the operation for what is written now, unless one is still unanswered: that goes first.
  prepare() {
    if (this.panel || (!this.sent && (!this.isNew() || this.refused === this.read()))) return null;
    this.sent ??= {
      operation: uuid(), author: form.elements.author.value, path: this.box.dataset.path, side: this.box.dataset.side,
      base: Number(this.base.value), text: this.read(), language: this.language(), device_at: new Date().toISOString(),
    };
    return this;
  }

  take(outcome) {
    const { text, language } = this.sent;
    this.sent = null;
    // Where its letters were to tell the language, the page shows which one they told.
    const told = outcome.result === "saved" && this.tongue && language === this.tongue.value ? outcome.language : language;
    if (told !== language) this.tongue.value = told;
    if (outcome.result === "conflict") return this.ask(outcome);
    if (outcome.result === "refused") { this.refused = text; return this.show("refused", outcome.reason); }
    this.kept = { text, language: told };
    this.base.value = outcome.version;
    for (const each of document.querySelectorAll("[data-approved] > [hidden]")) each.hidden = false;
    if (this.confirm) this.confirm.checked = false;
    for (const gap of form.querySelectorAll("[data-gap-of]")) {
      if (gap.dataset.gapOf === this.box.dataset.path) gap.hidden = !outcome.lacks_rendering;
    }
    return this.show(this.isNew() ? "waiting" : "saved", outcome.said);
  }

  // Someone else changed it: both texts stand, and a person chooses. Until then nothing is sent.
  ask({ version, theirs, shown, by, whose }) {
    this.panel = document.querySelector("template[data-conflict]").content.firstElementChild.cloneNode(true);
    const within = (selector) => this.panel.querySelector(selector);
    const said = { "[data-name]": by, "[data-mine]": this.words(), "[data-whose]": whose, "[data-theirs]": shown };
    for (const [selector, words] of Object.entries(said)) within(selector).innerText = words;
    for (const each of this.panel.querySelectorAll("[type=radio]")) each.name = `${this.box.dataset.field}-choice`;
    if (this.type === "radio" || this.type === "checkbox") within("[data-together]").closest(".k-answer").remove();
    within("button").addEventListener("click", () => {
      const mine = within("[value=mine]").checked ? this.read() : theirs;
      this.write(within("[data-together]")?.value || mine);
      this.base.value = version;
      this.kept = { text: theirs, language: this.language() };
      this.panel.remove();
      this.panel = null;
      this.show(this.isNew() ? "waiting" : "saved", "");
      this.controls[0].focus();
      tell((fields.find((each) => each.panel) ?? this).state);
      send();
    });
    (this.box.parentElement.closest(".k-two") ?? this.box).after(this.panel); // under both languages
    this.show("changed");
  }

  show(name, words) {
    const shown = state(name, words);
    this.state.replaceWith(shown);
    [this.state, this.standing, this.why] = [shown, name, words];
  }
}

function state(name, words) {
  const shown = document.querySelector(`template[data-saved="${name}"]`).content.firstElementChild.cloneNode(true);
  const span = shown.querySelector("span");
  if (words) span.innerText = name === "refused" ? `${span.textContent.trim()}: ${words}` : words;
  return shown;
}

let fields = [], timer = 0, isSending = false, isOver = false, isLeaving = false;

function later(wait) { clearTimeout(timer); timer = setTimeout(send, wait); }

function tell(shown) {
  for (const bar of document.querySelectorAll("[data-all]")) { bar.hidden = false; bar.replaceChildren(shown.cloneNode(true)); }
}

function signedOut(is) {
  document.querySelector("[data-signed-out-notice]")?.remove();
  if (!is) return;
  const notice = document.querySelector("template[data-signed-out]").content.firstElementChild.cloneNode(true);
  notice.dataset.signedOutNotice = "";
  form.querySelector(".k-savebar").before(notice);
}

const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

async function send() {
  if (isSending || isOver) return;
  const waiting = fields.map((field) => field.prepare()).filter(Boolean);
  if (!waiting.length) return;
  isSending = true;
  for (const field of waiting) field.show("saving");
  tell(state("saving"));
  let [left, words, isRefused] = ["failed", "", false];
  try {
    const body = JSON.stringify({ v: 1, given: waiting.map((field) => field.sent) });
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", redirect: "manual", keepalive: body.length < 60000, body,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    });
    const isOut = answer.type === "opaqueredirect" || answer.status === 403;
    signedOut(isOut);
    if (isOut) left = "signed-out";
    else if (answer.ok) {
      const { outcomes, all } = await answer.json();
      waiting.forEach((field, place) => field.take(outcomes[place]));
      const open = fields.find((field) => field.panel || (field.isNew() && field.refused === field.read()));
      [left, words] = open ? [open.standing, open.why] : ["saved", all];
    } else if (answer.status < 500) { // it will never be taken as it stands
      [left, words, isRefused, isOver] = ["refused", (await answer.json()).reason, true, answer.status === 409];
      for (const field of waiting) [field.refused, field.sent] = [field.sent.text, null];
    }
  } catch { /* no network: the same operation is sent again */ }
  isSending = false;
  const isUnanswered = left === "failed" || left === "signed-out";
  if (isUnanswered || isRefused) for (const field of waiting) field.show(left, words);
  tell(state(left, words));
  if (isUnanswered) later(AGAIN);
  else if (fields.some((field) => !field.panel && field.isNew() && field.refused !== field.read())) later(0);
}

if (form) {
  fields = [...form.querySelectorAll("[data-field]")].map((box) => new Field(box));
  tell(document.querySelector("template[data-all-saved]").content.firstElementChild);
  const changed = (event, wait) => {
    const field = fields.find((each) => each.box.contains(event.target));
    if (!field || field.panel || isOver) return;
    field.show(field.isNew() ? "waiting" : "saved");
    if (field.isNew()) tell(state("waiting"));
    later(wait);
  };
  form.addEventListener("input", (event) => changed(event, IDLE));
  form.addEventListener("change", (event) => changed(event, 0));
  form.addEventListener("submit", () => { isLeaving = true; form.elements.csrfmiddlewaretoken.value = token(); });
  document.addEventListener("visibilitychange", send);
  addEventListener("online", send);
  addEventListener("focus", send);
  addEventListener("beforeunload", (event) => {
    if (!isLeaving && fields.some((field) => field.sent || field.isNew())) event.preventDefault();
  });
  if (fields.some((field) => field.isNew())) later(IDLE);
}
