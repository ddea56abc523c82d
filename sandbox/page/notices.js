/** What passes over the chat: toasts, alerts and the line under the bot's name. */

import { words } from "./strings.js";

const TOAST_TIME = 3500;
const ACTION_TIME = 5000;
const byId = (id) => document.getElementById(id);

export function toast(text) {
  const node = document.createElement("div");
  node.className = "toast";
  node.textContent = text;
  byId("toasts").replaceChildren(node);
  setTimeout(() => node.remove(), TOAST_TIME);
}

export function alertBox(text) {
  byId("alert-text").textContent = text;
  byId("alert").showModal();
}

export class Status {
  #timer;
  #online = false;

  online(isOnline) {
    this.#online = isOnline;
    this.calm();
  }

  /** Shows for some seconds what the bot is doing. */
  busy(action) {
    this.#show(action.startsWith("upload") ? words.working : words.typing, true);
    this.#timer = setTimeout(() => this.calm(), ACTION_TIME);
  }

  calm() {
    this.#show(this.#online ? words.bot : words.offline, false);
  }

  #show(text, active) {
    clearTimeout(this.#timer);
    byId("status").textContent = text;
    byId("status").classList.toggle("active", active);
  }
}
