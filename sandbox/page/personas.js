/** Who is chatting: the choice at the top, and making new people. */

import { get, post } from "./api.js";
import { query, words } from "./strings.js";

const byId = (id) => document.getElementById(id);
const NEW = "new";
const KEPT = "zicha-sandbox-persona";

export class Personas {
  #people = [];

  constructor(onChoice) {
    this.onChoice = onChoice;
    this.select = byId("persona");
    this.current = query.get("person") ?? sessionStorage.getItem(KEPT) ?? "";
    byId("persona-label").textContent = words.persona;
    byId("newcomer-title").textContent = words.newPersonTitle;
    byId("newcomer-name").placeholder = words.name;
    byId("newcomer-add").textContent = words.add;
    byId("newcomer-cancel").textContent = words.cancel;
    this.select.addEventListener("change", () => this.#chosen());
    byId("newcomer").addEventListener("close", () => this.#closed());
  }

  /** The one who chats: a person, and the group if it is not the private chat. */
  get place() {
    const [person, chat] = this.current.split("@").map(Number);
    return chat ? { person, chat } : { person, chat: person };
  }

  get person() {
    return this.#people.find((one) => one.id === this.place.person);
  }

  /** From a group to the private chat. */
  goHome() {
    const { person, chat } = this.place;
    if (chat === person) return;
    this.select.value = String(person);
    this.#become(this.select.value);
  }

  /** Reads from the sandbox who there is. */
  async load() {
    const { people, groups, bot } = await get("people");
    this.#people = people;
    byId("bot-name").textContent = bot.first_name;
    document.title = bot.first_name;
    const options = people.map((one) => new Option(one.first_name, String(one.id)));
    for (const group of groups) {
      for (const one of people.filter((person) => person.started)) {
        options.push(new Option(`${one.first_name} · ${group.title}`, `${one.id}@${group.id}`));
      }
    }
    this.select.replaceChildren(...options, new Option(words.newPerson, NEW));
    const known = options.some((option) => option.value === this.current);
    this.current = known ? this.current : String(people[0].id);
    this.select.value = this.current;
  }

  #chosen() {
    if (this.select.value === NEW) {
      this.select.value = this.current;
      byId("newcomer-name").value = "";
      byId("newcomer").showModal();
      return;
    }
    this.#become(this.select.value);
  }

  async #closed() {
    const name = byId("newcomer-name").value.trim();
    if (byId("newcomer").returnValue !== "add" || !name) return;
    const id = Math.max(...this.#people.map((one) => one.id)) + 1;
    await post("person", { id, first_name: name, language_code: byId("newcomer-language").value });
    this.current = String(id);
    await this.load();
    this.#become(this.current);
  }

  #become(value) {
    this.current = value;
    sessionStorage.setItem(KEPT, value);
    this.onChoice();
  }
}
