/** Files that are about to be sent: picked, dropped or pasted, shown above the text field. */

import { sized } from "./media.js";
import { words } from "./strings.js";

const MOST = 10;
const byId = (id) => document.getElementById(id);

export class Attachments {
  #files = [];

  /** `onChange` is called whenever there are more or fewer files, `onRefusal` with a sentence why not. */
  constructor({ onChange, onRefusal }) {
    Object.assign(this, { onChange, onRefusal });
    byId("attach").setAttribute("aria-label", words.attach);
    byId("attach").title = words.attach;
    byId("as-files-label").textContent = words.asFiles;
    byId("drop").textContent = words.dropHere;
    byId("attach").addEventListener("click", () => byId("picker").click());
    byId("picker").addEventListener("change", () => {
      this.#add(byId("picker").files);
      byId("picker").value = "";
    });
    byId("composer").addEventListener("paste", (event) => {
      if (event.clipboardData.files.length === 0) return;
      event.preventDefault();
      this.#add(event.clipboardData.files);
    });
    this.#watchDrops(byId("phone"));
  }

  get any() {
    return this.#files.length > 0;
  }

  /** Takes the files out of the tray, as forms that can be posted: photos and documents travel apart. */
  take() {
    const kinds = { photo: [], document: [] };
    for (const file of this.#files) kinds[this.#kind(file)].push(file);
    this.clear();
    return Object.entries(kinds).filter(([, files]) => files.length > 0);
  }

  clear() {
    this.#files = [];
    this.#show();
  }

  #kind(file) {
    const isPicture = /^image\/(png|jpeg|gif|webp|bmp)$/.test(file.type);
    return isPicture && !byId("as-files").checked ? "photo" : "document";
  }

  #add(files) {
    this.#files.push(...files);
    if (this.#files.length > MOST) this.onRefusal(words.tooMany);
    this.#files = this.#files.slice(0, MOST);
    this.#show();
    byId("composer").focus();
  }

  #show() {
    byId("tray").hidden = !this.any;
    byId("picked").replaceChildren(...this.#files.map((file) => this.#entry(file)));
    byId("as-files-row").hidden = !this.#files.some((file) => file.type.startsWith("image/"));
    this.onChange();
  }

  #entry(file) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.className = "name";
    name.textContent = file.name;
    const note = document.createElement("span");
    note.className = "note";
    note.textContent = sized(file.size);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.textContent = "×";
    remove.setAttribute("aria-label", `${words.removeFile} ${file.name}`);
    remove.addEventListener("click", () => {
      this.#files = this.#files.filter((one) => one !== file);
      this.#show();
      byId("composer").focus();
    });
    item.append(name, note, remove);
    return item;
  }

  #watchDrops(area) {
    let depth = 0;
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    const show = (change) => {
      depth = Math.max(0, depth + change);
      byId("drop").hidden = depth === 0;
    };
    area.addEventListener("dragenter", (event) => carries(event) && show(1));
    area.addEventListener("dragleave", (event) => carries(event) && show(-1));
    area.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
    area.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      show(-depth);
      this.#add(event.dataTransfer.files);
    });
  }
}
