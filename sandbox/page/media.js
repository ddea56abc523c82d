/** Photos and documents in a bubble. */

import { words } from "./strings.js";

const UNITS = ["B", "KB", "MB"];

const address = (fileId) => `/sandbox/file?id=${encodeURIComponent(fileId)}`;

export const hasMedia = (message) => Boolean(message.photo || message.document);

/** What stands for a message in one line, such as in a reply. */
export function inWords(message) {
  const media = message.photo ? words.photo : message.document?.file_name;
  return message.text ?? message.caption ?? media ?? words.service;
}

/** The picture or the file of a message as a node. */
export function media(message) {
  return message.photo ? picture(message) : file(message.document);
}

export function sized(bytes) {
  let rest = bytes;
  let unit = 0;
  while (rest >= 1000 && unit < UNITS.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  return `${unit && rest < 10 ? rest.toFixed(1) : Math.round(rest)} ${UNITS[unit]}`;
}

function picture({ photo, caption }) {
  const largest = photo.at(-1);
  const link = document.createElement("a");
  link.className = "photo";
  link.href = address(largest.file_id);
  link.target = "_blank";
  link.rel = "noopener";
  const image = document.createElement("img");
  image.src = link.href;
  image.alt = caption ?? words.photo;
  image.width = largest.width;
  image.height = largest.height;
  image.loading = "lazy";
  link.append(image);
  return link;
}

function file({ file_id: id, file_name: name, file_size: size }) {
  const link = document.createElement("a");
  link.className = "file";
  link.href = address(id);
  link.target = "_blank";
  link.rel = "noopener";
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.setAttribute("aria-hidden", "true");
  badge.textContent = (name.match(/\.(\w{1,4})$/)?.[1] ?? "?").toUpperCase();
  const title = document.createElement("span");
  title.className = "name";
  title.textContent = name;
  const note = document.createElement("span");
  note.className = "note";
  note.textContent = sized(size);
  link.append(badge, title, note);
  return link;
}
