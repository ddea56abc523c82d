/** The message that is being replied to, and what is quoted from it. */

import { inWords } from "./media.js";
import { words } from "./strings.js";

const byId = (id) => document.getElementById(id);

export class Replies {
  #to = null;

  constructor() {
    byId("no-reply").setAttribute("aria-label", words.noReply);
    byId("no-reply").addEventListener("click", () => this.drop());
  }

  get any() {
    return this.#to !== null;
  }

  /** Begins a reply; what is selected in the bubble is quoted. */
  begin(message, bubble) {
    const quote = selectedIn(bubble, message);
    this.#to = { reply_to: message.message_id, ...(quote && { quote }) };
    byId("reply-name").textContent = quote ? `${words.quote} · ${message.from.first_name}` : message.from.first_name;
    byId("reply-text").textContent = quote || inWords(message);
    byId("replying").hidden = false;
    byId("composer").focus();
  }

  /** Returns what a message needs to be this reply, and ends it. */
  take() {
    const to = this.#to ?? {};
    this.drop();
    return to;
  }

  drop() {
    this.#to = null;
    byId("replying").hidden = true;
  }
}

/** The selected words if they lie in the bubble and stand so in the message. */
function selectedIn(bubble, message) {
  const selection = getSelection();
  if (selection.isCollapsed || !bubble.contains(selection.anchorNode) || !bubble.contains(selection.focusNode)) return "";
  const chosen = selection.toString().trim();
  return (message.text ?? message.caption ?? "").includes(chosen) ? chosen : "";
}
