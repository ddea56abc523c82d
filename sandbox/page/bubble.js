/** One message as a bubble with its keyboard. */

import { writeText } from "./entities.js";
import { hasMedia, inWords, media } from "./media.js";
import { locale, words } from "./strings.js";

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false });

/** Something that happened rather than was said, such as joining a group. */
export function service(message) {
  const item = document.createElement("li");
  item.className = "service";
  item.dataset.messageId = message.message_id;
  item.textContent = message.new_chat_members ? words.joined : message.pinned_message ? words.pinned : words.service;
  return item;
}

export const isService = (message) => message.text === undefined && !message.contact && !hasMedia(message);

/** `actions` has onCommand(text), onLink(address), onKey(message, row, column, button), onReply(message, item) and spins(…place). */
export function bubble(message, { mine, inGroup }, actions) {
  const item = document.createElement("li");
  item.className = `bubble ${mine ? "out" : "in"}`;
  item.dataset.messageId = message.message_id;
  item.tabIndex = -1;
  if (message.media_group_id) item.classList.add("of-album");
  const balloon = document.createElement("div");
  balloon.className = "balloon";
  if (inGroup && !mine) balloon.append(sender(message));
  else balloon.append(spoken(mine ? words.you : message.from.first_name));
  if (message.via_bot) balloon.append(via(message.via_bot));
  if (message.reply_to_message) balloon.append(quoted(message.reply_to_message, message.quote));
  if (hasMedia(message)) balloon.append(media(message));
  const text = document.createElement("div");
  text.className = "text";
  const said = message.text ?? message.caption ?? contactText(message);
  writeText(text, said, message.entities ?? message.caption_entities, actions);
  text.append(stamp(message, mine));
  balloon.append(text);
  balloon.append(replyButton(message, item, actions));
  item.append(balloon);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows) item.append(keyboard(message, rows, actions));
  return item;
}

/** Shows or hides the spinners of a bubble's buttons. */
export function refreshSpinners(item, spins) {
  for (const key of item.querySelectorAll("button.key")) {
    const waiting = spins(Number(item.dataset.messageId), Number(key.dataset.row), Number(key.dataset.column));
    key.classList.toggle("waiting", waiting);
    key.setAttribute("aria-busy", String(waiting));
  }
}

function keyboard(message, rows, actions) {
  const board = document.createElement("div");
  board.className = "keyboard";
  rows.forEach((buttons, row) => {
    const line = document.createElement("div");
    line.className = "line";
    buttons.forEach((button, column) => line.append(key(message, button, row, column, actions)));
    board.append(line);
  });
  return board;
}

function key(message, button, row, column, actions) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = `key ${button.style ?? ""}`.trim();
  if (button.url) node.classList.add("link");
  if (button.copy_text) node.classList.add("copy");
  node.dataset.row = row;
  node.dataset.column = column;
  const label = document.createElement("span");
  label.textContent = button.text;
  node.append(label);
  node.classList.toggle("waiting", actions.spins(message.message_id, row, column));
  node.addEventListener("click", () => actions.onKey(message, row, column, button));
  return node;
}

function stamp(message, mine) {
  const node = document.createElement("span");
  node.className = "stamp";
  const time = document.createElement("time");
  time.dateTime = new Date(message.date * 1000).toISOString();
  time.textContent = clock.format(message.date * 1000);
  if (message.edit_date) {
    const edited = document.createElement("span");
    edited.className = "edited";
    edited.textContent = words.edited;
    node.append(edited, " ");
  }
  node.append(time);
  if (mine) node.append(ticks());
  return node;
}

function ticks() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 20 12");
  svg.classList.add("ticks");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "m1.5 6.5 3.8 3.8L13 2M8.6 9.2l1.1 1.1L18.4 2");
  svg.append(path);
  return svg;
}

function sender(message) {
  const name = document.createElement("div");
  name.className = "sender";
  name.textContent = message.from.first_name;
  return name;
}

/** Who speaks, for those who hear the page. */
function spoken(name) {
  const node = document.createElement("span");
  node.className = "heard";
  node.textContent = `${name}: `;
  return node;
}

function via(bot) {
  const node = document.createElement("div");
  node.className = "via";
  node.textContent = `${words.via} @${bot.username}`;
  return node;
}

function replyButton(message, item, actions) {
  const node = document.createElement("button");
  node.type = "button";
  node.className = "reply-button";
  node.tabIndex = -1;
  node.title = words.reply;
  node.setAttribute("aria-label", words.reply);
  node.textContent = "↩";
  node.addEventListener("mousedown", (event) => event.preventDefault());
  node.addEventListener("click", () => actions.onReply(message, item));
  return node;
}

/** Puts the reactions on a bubble, or takes them away. */
export function showReactions(item, reactions) {
  item.querySelector(".reactions")?.remove();
  const emoji = Object.values(reactions).flat();
  if (emoji.length === 0) return;
  const node = document.createElement("div");
  node.className = "reactions";
  for (const one of emoji) {
    const pill = document.createElement("span");
    pill.textContent = one;
    node.append(pill);
  }
  item.querySelector(".balloon").append(node);
}

function quoted(original, quote) {
  const node = document.createElement("div");
  node.className = "reply";
  const name = document.createElement("b");
  name.textContent = original.from.first_name;
  const line = document.createElement("span");
  line.textContent = quote?.text ?? inWords(original);
  if (quote) node.classList.add("quoting");
  node.append(name, line);
  return node;
}

function contactText({ contact }) {
  return contact ? `${words.contact}: ${contact.first_name} ${contact.phone_number ?? ""}` : "";
}
