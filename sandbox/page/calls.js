/** The panel that shows the calls behind the chat. */

import { get } from "./api.js";
import { locale, words } from "./strings.js";

const KEPT = "zicha-sandbox-calls";
const MOST = 200;
const FLAWS = ["unknown", "missing", "mistyped"];
const byId = (id) => document.getElementById(id);
const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

export class Calls {
  #last = 0;
  #busy = false;
  #again = false;

  constructor() {
    byId("calls-title").textContent = words.calls;
    byId("calls-close").setAttribute("aria-label", words.close);
    byId("calls-close").addEventListener("click", () => this.toggle());
    byId("no-calls").textContent = words.noCalls;
    if (sessionStorage.getItem(KEPT)) this.toggle();
  }

  get open() {
    return !byId("calls").hidden;
  }

  toggle() {
    byId("calls").hidden = this.open;
    document.body.classList.toggle("with-calls", this.open);
    if (this.open) sessionStorage.setItem(KEPT, "1");
    else sessionStorage.removeItem(KEPT);
    if (this.open) this.refresh();
  }

  clear() {
    byId("call-list").replaceChildren();
    byId("no-calls").hidden = false;
  }

  /** Reads the calls that came since the last time; while it reads, further wishes become one. */
  async refresh() {
    if (!this.open) return;
    this.#again = true;
    if (this.#busy) return;
    this.#busy = true;
    try {
      while (this.#again) {
        this.#again = false;
        const { calls } = await get("calls", { after: this.#last });
        calls.filter((call) => !call.in_flight && !poll(call)).forEach((call) => this.#add(call));
        const open = calls.find((call) => call.in_flight && !poll(call));
        this.#last = open ? open.n - 1 : (calls.at(-1)?.n ?? this.#last);
      }
    } finally {
      this.#busy = false;
    }
  }

  #add(call) {
    const list = byId("call-list");
    if (list.querySelector(`[data-n="${call.n}"]`)) return;
    list.prepend(shown(call));
    while (list.childElementCount > MOST) list.lastElementChild.remove();
    byId("no-calls").hidden = true;
  }
}

/** Empty polls come all the time and say nothing. */
const poll = (call) => call.method.toLowerCase() === "getupdates" && !call.error;

function shown(call) {
  const item = document.createElement("li");
  item.dataset.n = call.n;
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  const method = document.createElement("b");
  method.textContent = call.method;
  const status = document.createElement("span");
  status.className = call.status === 200 ? "good" : "bad";
  status.textContent = call.status || "–";
  const time = document.createElement("time");
  time.textContent = clock.format(call.started * 1000);
  const took = document.createElement("span");
  took.className = "took";
  took.textContent = `${Math.max(0, Math.round((call.finished - call.started) * 1000))} ms`;
  summary.append(method, status, took, time);
  for (const text of remarks(call)) summary.append(remark(text));
  const body = document.createElement("pre");
  body.tabIndex = 0;
  body.textContent = JSON.stringify(readable(call.params), null, 1);
  if (call.result !== null) body.textContent += `\n→ ${JSON.stringify(call.result)}`;
  details.append(summary, body);
  item.append(details);
  return item;
}

function remarks(call) {
  const flaws = FLAWS.filter((kind) => call[kind].length > 0);
  const lines = flaws.map((kind) => `${words.flaws[kind]}: ${call[kind].join(", ")}`);
  if (call.error) lines.unshift(call.error);
  if (call.fault) lines.push(`${words.fault}: ${call.fault}`);
  return lines;
}

function remark(text) {
  const node = document.createElement("em");
  node.textContent = text;
  return node;
}

/** Parameters travel as text; what is JSON inside is shown as such. */
function readable(params) {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      if (!/^[[{]/.test(value)) return [name, value];
      try {
        return [name, JSON.parse(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}
