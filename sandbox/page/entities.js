/** A message's text and entities as DOM nodes; nothing a message says is ever read as HTML. */

const TAGS = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * Appends the styled text to `parent`; `onCommand` is called with a command that is clicked, `onLink` with the address
 * of a link, which it follows itself if it returns true.
 */
export function writeText(parent, text, entities = [], { onCommand = () => {}, onLink = () => false } = {}) {
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(parent, { text, onCommand, onLink }, 0, text.length, ordered);
}

function fill(parent, message, from, to, entities) {
  let at = from;
  let afterBlock = false;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    const end = Math.min(entity.offset + entity.length, to);
    const rest = entities.slice(index + 1);
    const inside = rest.filter((other) => other.offset < end);
    const isBlock = BLOCKS.has(entity.type);
    appendPlain(parent, message.text.slice(at, entity.offset), { afterBlock, beforeBlock: isBlock });
    const node = nodeFor(entity, message);
    fill(node, message, entity.offset, end, inside);
    parent.append(node);
    at = end;
    afterBlock = isBlock;
    index += 1 + inside.length;
  }
  appendPlain(parent, message.text.slice(at, to), { afterBlock, beforeBlock: false });
}

/** A block stands on lines of its own, so the line breaks that set it off are not shown again. */
function appendPlain(parent, text, { afterBlock, beforeBlock }) {
  let shown = text;
  if (afterBlock && shown.startsWith("\n")) shown = shown.slice(1);
  if (beforeBlock && shown.endsWith("\n")) shown = shown.slice(0, -1);
  if (shown) parent.append(shown);
}

function nodeFor(entity, message) {
  const shown = message.text.slice(entity.offset, entity.offset + entity.length);
  switch (entity.type) {
    case "text_link":
      return link(entity.url, message.onLink);
    case "url":
      return link(shown, message.onLink);
    case "bot_command":
      return command(shown, message.onCommand);
    case "spoiler":
      return spoiler();
    case "expandable_blockquote":
      return expandable();
    default: {
      const node = document.createElement(TAGS[entity.type] ?? "span");
      node.classList.add(`entity-${entity.type}`);
      return node;
    }
  }
}

function link(address, onLink) {
  const node = document.createElement("a");
  if (/^(https?|tg):\/\//i.test(address)) node.href = address;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  node.addEventListener("click", (event) => {
    if (onLink(address)) event.preventDefault();
  });
  return node;
}

function command(shown, onCommand) {
  const node = document.createElement("a");
  node.href = "#";
  node.className = "command";
  node.addEventListener("click", (event) => {
    event.preventDefault();
    onCommand(shown);
  });
  return node;
}

function spoiler() {
  const node = document.createElement("span");
  node.className = "spoiler";
  node.addEventListener("click", () => node.classList.add("open"));
  return node;
}

function expandable() {
  const node = document.createElement("blockquote");
  node.className = "expandable";
  node.addEventListener("click", () => node.classList.toggle("open"));
  return node;
}
