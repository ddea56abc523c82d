/** The list of bubbles: in order, with dates between days, and where it is scrolled to. */

import { bubble, isService, refreshSpinners, service, showReactions } from "./bubble.js";
import { locale, words } from "./strings.js";

const NEAR = 80;
const dayFormat = new Intl.DateTimeFormat(locale, { month: "long", day: "numeric" });
const dayAndYear = new Intl.DateTimeFormat(locale, { year: "numeric", month: "long", day: "numeric" });

export class Transcript {
  #following = true;
  #lastTop = 0;
  #unread = 0;
  #context = { me: 0, inGroup: false };
  #reactions = {};
  #messages = new Map();

  constructor({ scroller, list, toBottom, unread, actions }) {
    Object.assign(this, { scroller, list, toBottom, unreadMark: unread, actions });
    scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    toBottom.addEventListener("click", () => this.follow({ smooth: true }));
    new ResizeObserver(() => this.#following && this.#jump()).observe(list);
    new ResizeObserver(() => this.#following && this.#jump()).observe(scroller);
  }

  get empty() {
    return this.list.childElementCount === 0;
  }

  /** Shows a whole chat anew. */
  show(messages, context, reactions = {}) {
    this.#context = context;
    this.#reactions = reactions;
    this.#messages.clear();
    this.list.setAttribute("aria-busy", "true");
    this.list.replaceChildren();
    for (const message of messages) this.#insert(message);
    this.#dates();
    this.list.setAttribute("aria-busy", "false");
    this.follow();
  }

  /** Returns the message that a bubble shows. */
  messageOf(item) {
    return this.#messages.get(Number(item.dataset.messageId));
  }

  react(messageId, reactions) {
    this.#reactions[messageId] = reactions;
    const item = this.#find(messageId);
    if (item?.classList.contains("bubble")) showReactions(item, reactions);
    if (this.#following) this.#jump();
  }

  /** Adds a message, or puts it in the place of its older version. */
  put(message) {
    const old = this.#find(message.message_id);
    if (old) {
      const place = focusIn(old);
      const item = this.#render(message);
      old.replaceWith(item);
      if (place) focusAgain(item, place);
      return;
    }
    this.#insert(message);
    this.#dates();
    if (!this.#following) this.#count(this.#unread + 1);
  }

  remove(messageId) {
    this.#find(messageId)?.remove();
    this.#dates();
  }

  refresh(messageId) {
    const item = this.#find(messageId);
    if (item) refreshSpinners(item, this.actions.spins);
  }

  /** Goes to the newest message and stays with it until the reader scrolls up. */
  follow({ smooth = false } = {}) {
    this.#following = true;
    this.#count(0);
    this.#jump(smooth);
  }

  #jump(smooth = false) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? "smooth" : "instant" });
  }

  /** Only a reader scrolls up; what arrives in the meantime merely makes the way down longer. */
  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (scrollHeight - scrollTop - clientHeight < NEAR) this.#following = true;
    else if (scrollTop < this.#lastTop) this.#following = false;
    this.#lastTop = scrollTop;
    this.toBottom.hidden = this.#following;
    if (this.#following) this.#count(0);
  }

  #count(unread) {
    this.#unread = unread;
    this.unreadMark.textContent = unread;
    this.unreadMark.hidden = unread === 0;
    this.toBottom.hidden = this.#following;
  }

  #find(messageId) {
    return this.list.querySelector(`[data-message-id="${Number(messageId)}"]`);
  }

  #insert(message) {
    const item = this.#render(message);
    let last = this.list.lastElementChild;
    while (last && Number(last.dataset.messageId ?? 0) > message.message_id) last = last.previousElementSibling;
    if (last) last.after(item);
    else this.list.prepend(item);
  }

  #render(message) {
    const mine = message.from.id === this.#context.me;
    const { inGroup } = this.#context;
    const item = isService(message) ? service(message) : bubble(message, { mine, inGroup }, this.actions);
    this.#messages.set(message.message_id, message);
    const reactions = this.#reactions[message.message_id];
    if (reactions && !isService(message)) showReactions(item, reactions);
    item.dataset.day = new Date(message.date * 1000).toDateString();
    item.dataset.date = message.date;
    return item;
  }

  #dates() {
    for (const old of this.list.querySelectorAll(".day")) old.remove();
    let day = "";
    for (const item of [...this.list.children]) {
      if (item.dataset.day !== day) item.before(separator(Number(item.dataset.date)));
      day = item.dataset.day;
    }
  }
}

/** Where in a bubble the focus is, so that a keyboard user keeps it when the message is edited. */
function focusIn(item) {
  const focused = document.activeElement;
  if (!item.contains(focused)) return null;
  return focused.classList.contains("key") ? focused.dataset : {};
}

function focusAgain(item, { row, column }) {
  const key = row && item.querySelector(`.key[data-row="${row}"][data-column="${column}"]`);
  item.tabIndex = 0;
  (key || item).focus({ preventScroll: true });
}

function separator(seconds) {
  const item = document.createElement("li");
  item.className = "day";
  const date = new Date(seconds * 1000);
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  const format = date.getFullYear() === today.getFullYear() ? dayFormat : dayAndYear;
  if (date.toDateString() === today.toDateString()) item.textContent = words.today;
  else if (date.toDateString() === yesterday.toDateString()) item.textContent = words.yesterday;
  else item.textContent = format.format(date);
  return item;
}
