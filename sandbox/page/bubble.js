/** One message as a bubble with its keyboard. */

import { writeText } from "./entities.js";
import { locale, words } from "./strings.js";

const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hour12: false });

/** Something that happened rather than was said, such as joining a group. */
export function service(message) {
  const item = document.createElement("li");
  item.className = "service";
  item.dataset.messageId = message.message_id;
  item.textContent = message.new_chat_members ? words.joined : words.service;
  return item;
}

export const isService = (message) => message.text === undefined && !message.contact;

/** `actions` has onCommand(text), onKey(message, row, column, button) and spins(messageId, row, column). */
export function bubble(message, { mine, inGroup }, actions) {
  const item = document.createElement("li");
  item.className = `bubble ${mine ? "out" : "in"}`;
  item.dataset.messageId = message.message_id;
  const balloon = document.createElement("div");
  balloon.className = "balloon";
  if (inGroup && !mine) balloon.append(sender(message));
  if (message.reply_to_message) balloon.append(quoted(message.reply_to_message));
  const text = document.createElement("div");
  text.className = "text";
  writeText(text, message.text ?? serviceText(message), message.entities, actions.onCommand);
  text.append(stamp(message, mine));
  balloon.append(text);
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

function quoted(original) {
  const node = document.createElement("div");
  node.className = "reply";
  const name = document.createElement("b");
  name.textContent = original.from.first_name;
  const line = document.createElement("span");
  line.textContent = original.text ?? serviceText(original);
  node.append(name, line);
  return node;
}

function serviceText(message) {
  if (message.contact) return `${words.contact}: ${message.contact.first_name} ${message.contact.phone_number ?? ""}`;
  return words.service;
}
