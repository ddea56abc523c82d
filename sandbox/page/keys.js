/** Keys: through the messages, along their buttons, through lists, and back to the text field. */

const byId = (id) => document.getElementById(id);
const STEPS = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 };

/** `onReply(bubble)` is called for R on a message, `onEscape()` for Escape when no list is open. */
export function listenToKeys({ onReply, onEscape }) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") escape(event, onEscape);
    else if (event.target.closest(".sheet")) inList(event, event.target.closest(".sheet"));
    else if (event.target.closest("#messages")) inMessages(event, onReply);
    else if (event.target === byId("composer")) inComposer(event);
  });
}

const openSheet = () => [...document.querySelectorAll(".sheet:not([hidden])")].at(-1);

function escape(event, onEscape) {
  const sheet = openSheet();
  if (document.querySelector("dialog[open]")) return;
  event.preventDefault();
  if (sheet) sheet.hidden = true;
  else onEscape();
  byId("composer").focus();
}

function inComposer(event) {
  const sheet = openSheet();
  if (sheet && /^Arrow(Up|Down)$/.test(event.key)) {
    event.preventDefault();
    const entries = [...sheet.querySelectorAll("button")];
    entries.at(event.key === "ArrowUp" ? -1 : 0)?.focus();
  } else if (event.key === "ArrowUp" && !byId("composer").value) {
    event.preventDefault();
    focusOn([...document.querySelectorAll("#messages > .bubble")].at(-1));
  }
}

function inList(event, sheet) {
  if (!/^Arrow(Up|Down)$/.test(event.key)) return;
  event.preventDefault();
  step([...sheet.querySelectorAll("button")], document.activeElement, STEPS[event.key])?.focus();
}

function inMessages(event, onReply) {
  const bubble = event.target.closest(".bubble");
  if (!bubble) return;
  if (/^[rR]$/.test(event.key)) {
    event.preventDefault();
    onReply(bubble);
  } else if (event.key === "Enter" && event.target === bubble) {
    bubble.querySelector(".key, .file, .photo, a[href]")?.focus();
  } else if (/^Arrow(Left|Right)$/.test(event.key)) {
    step([...bubble.querySelectorAll(".key")], event.target, STEPS[event.key])?.focus();
  } else if (/^Arrow(Up|Down)$/.test(event.key)) {
    event.preventDefault();
    upOrDown(event.target, bubble, STEPS[event.key]);
  }
}

/** Within a keyboard to the line above or below, beyond it to the next message, after the last to the text field. */
function upOrDown(target, bubble, way) {
  const lines = [...bubble.querySelectorAll(".line")];
  const line = target.closest(".line");
  const next = line ? lines[lines.indexOf(line) + way] : way > 0 && target === bubble && lines[0];
  if (next) {
    const column = line ? [...line.children].indexOf(target) : 0;
    next.children[Math.min(column, next.children.length - 1)].focus();
  } else if (line && way < 0) focusOn(bubble);
  else {
    const bubbles = [...document.querySelectorAll("#messages > .bubble")];
    const other = bubbles[bubbles.indexOf(bubble) + way];
    if (other) focusOn(other);
    else if (way > 0) byId("composer").focus();
  }
}

function focusOn(bubble) {
  if (!bubble) return;
  document.querySelector("#messages > [tabindex='0']")?.setAttribute("tabindex", "-1");
  bubble.tabIndex = 0;
  bubble.focus();
  bubble.scrollIntoView({ block: "nearest" });
}

function step(nodes, from, way) {
  const at = nodes.indexOf(from);
  return nodes[at < 0 ? 0 : (at + way + nodes.length) % nodes.length];
}
