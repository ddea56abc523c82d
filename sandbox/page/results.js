/** Inline mode: what the bot offers while its name and a query are being written. */

import { get, post } from "./api.js";
import { words } from "./strings.js";

const PAUSE = 250;
const byId = (id) => document.getElementById(id);

export class Results {
  #timer;
  #asked = 0;
  #queryId = null;

  /** `place` tells who chats where; `onChosen` follows a choice, `onStart` gets the parameter of the button. */
  constructor({ place, onChosen, onStart }) {
    Object.assign(this, { place, onChosen, onStart });
    this.username = "";
    byId("results").setAttribute("aria-label", words.results);
  }

  /** Looks whether the text begins with the bot's name and asks for results if so. */
  follow(text) {
    clearTimeout(this.#timer);
    const begin = `@${this.username} `.toLowerCase();
    if (!this.username || !text.toLowerCase().startsWith(begin)) return this.hide();
    this.#timer = setTimeout(() => this.#ask(text.slice(begin.length).trim()), PAUSE);
    return undefined;
  }

  hide() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#queryId = null;
    byId("results").hidden = true;
  }

  async #ask(query) {
    this.#asked += 1;
    const turn = this.#asked;
    const found = await post("inline_query", { ...this.place(), query, wait: 10 });
    if (turn !== this.#asked || !found.answer) return;
    this.#queryId = found.inline_query_id;
    this.#show(found.answer);
  }

  #show({ results, button }) {
    const sheet = byId("results");
    const entries = results.map((one) => entry(one.title ?? one.id, one.description, () => this.#choose(one.id)));
    if (button) {
      const start = entry(button.text, "", () => this.#start(button.start_parameter));
      start.classList.add("start");
      entries.unshift(start);
    }
    if (entries.length === 0) {
      const none = document.createElement("p");
      none.className = "none";
      none.textContent = words.noResults;
      entries.push(none);
    }
    sheet.replaceChildren(...entries);
    sheet.hidden = false;
  }

  async #choose(resultId) {
    const chosen = { ...this.place(), inline_query_id: this.#queryId, result_id: resultId };
    this.hide();
    this.onChosen(() => post("choose", chosen));
  }

  #start(parameter) {
    this.hide();
    this.onStart(parameter);
  }
}

/** Tells the bot's name from the sandbox. */
export async function botName() {
  return (await get("people")).bot.username;
}

function entry(title, description, onClick) {
  const node = document.createElement("button");
  node.type = "button";
  node.role = "menuitem";
  node.className = "entry";
  const name = document.createElement("b");
  name.textContent = title;
  const what = document.createElement("span");
  what.textContent = description ?? "";
  node.append(name, what);
  node.addEventListener("click", onClick);
  return node;
}
