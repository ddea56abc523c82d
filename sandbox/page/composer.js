/** Writing to the bot: the text field, the command menu and its list. */

import { words } from "./strings.js";

const byId = (id) => document.getElementById(id);
const TALLEST = 132;

export class Composer {
  #commands = [];

  /** `onSay(text)` gets what is sent, `onWrite(text)` what is being written; `mayBeEmpty()` when files wait. */
  constructor({ onSay, onWrite, mayBeEmpty }) {
    Object.assign(this, { onSay, onWrite, mayBeEmpty });
    this.field = byId("composer");
    this.field.placeholder = words.write;
    this.field.setAttribute("aria-label", words.write);
    byId("send").setAttribute("aria-label", words.send);
    byId("menu-label").textContent = words.menu;
    byId("form").addEventListener("submit", (event) => this.#submit(event));
    byId("menu").addEventListener("click", () => this.#toggle());
    this.field.addEventListener("input", () => this.#changed());
    this.field.addEventListener("keydown", (event) => this.#key(event));
    document.addEventListener("click", (event) => {
      if (!event.target.closest("#menu, #commands, #composer")) this.#list([]);
    });
  }

  /** Offers these commands in the menu and while a command is being written. */
  offer(commands) {
    this.#commands = commands;
    byId("menu").hidden = commands.length === 0;
    this.#list([]);
  }

  /** Puts a text into the field. */
  write(text) {
    this.field.value = text;
    this.#changed();
  }

  /** Lets send or not, as there is something to be sent. */
  refresh() {
    byId("send").disabled = !this.field.value.trim() && !this.mayBeEmpty();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.field.value;
    if (!text.trim() && !this.mayBeEmpty()) return;
    this.write("");
    this.onSay(text);
  }

  #key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    this.#submit(event);
  }

  #changed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
    this.refresh();
    this.onWrite(this.field.value);
    const begun = /^\/\w*$/.test(this.field.value) ? this.field.value.slice(1) : null;
    this.#list(begun === null ? [] : this.#commands.filter((one) => one.command.startsWith(begun)));
  }

  #toggle() {
    this.#list(byId("commands").hidden ? this.#commands : []);
  }

  #list(commands) {
    const sheet = byId("commands");
    sheet.replaceChildren(...commands.map((one) => this.#entry(one)));
    sheet.hidden = commands.length === 0;
    byId("menu").setAttribute("aria-expanded", String(!sheet.hidden));
  }

  #entry({ command, description }) {
    const entry = document.createElement("button");
    entry.type = "button";
    entry.role = "menuitem";
    entry.className = "entry";
    const name = document.createElement("b");
    name.textContent = `/${command}`;
    const what = document.createElement("span");
    what.textContent = description;
    entry.append(name, what);
    entry.addEventListener("click", () => {
      this.#list([]);
      this.write("");
      this.field.focus();
      this.onSay(`/${command}`);
    });
    return entry;
  }
}
