/** The chat page: joins the sandbox's events with what is shown. */

import { get, listen, post } from "./api.js";
import { Composer } from "./composer.js";
import { alertBox, Status, toast } from "./notices.js";
import { Personas } from "./personas.js";
import { language, words } from "./strings.js";
import { Taps } from "./taps.js";
import { Transcript } from "./transcript.js";

const byId = (id) => document.getElementById(id);

const status = new Status();
const composer = new Composer(say);
const personas = new Personas(() => attempt(open));
const taps = new Taps({
  onChange: (messageId) => transcript.refresh(messageId),
  onSilence: () => toast(words.noAnswer),
});
const transcript = new Transcript({
  scroller: byId("chat"),
  list: byId("messages"),
  toBottom: byId("to-bottom"),
  unread: byId("unread"),
  actions: { onCommand: say, onKey: press, spins: (...place) => taps.spins(...place) },
});

/** Events that came while a chat was being fetched; they are shown after it. */
let backlog = null;

async function open() {
  const { person, chat } = personas.place;
  const mine = [];
  backlog = mine;
  const view = await get("chat", { person, chat });
  if (backlog !== mine) return;
  backlog = null;
  transcript.show(view.messages, { me: person, inGroup: chat !== person });
  composer.offer(view.commands);
  byId("description").textContent = view.description || words.greeting;
  welcome();
  mine.forEach(react);
}

function welcome() {
  byId("welcome").hidden = !transcript.empty;
}

async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message);
    return undefined;
  }
}

function say(text) {
  transcript.follow();
  return attempt(() => post("say", { ...personas.place, text }));
}

function press(message, row, column, button) {
  if (button.url) return window.open(button.url, "_blank", "noopener");
  if (button.copy_text) return copy(button.copy_text.text);
  const body = { ...personas.place, message_id: message.message_id, row, column };
  return attempt(() => taps.tap(message.message_id, row, column, () => post("tap", body)));
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(words.copied);
}

const reactions = {
  message({ message }) {
    transcript.put(message);
    if (message.from.is_bot) status.calm();
    welcome();
  },
  deleted({ message_id: messageId }) {
    transcript.remove(messageId);
    welcome();
  },
  toast({ toast: answer }) {
    taps.answered(answer.callback_query_id);
    if (!answer.text || answer.person !== personas.place.person) return;
    if (answer.show_alert) alertBox(answer.text);
    else toast(answer.text);
  },
  action: ({ action }) => status.busy(action),
};

const reloads = {
  people: () => personas.load(),
  commands: open,
  reset: () => personas.load().then(open),
};

function react(event) {
  if (event.event in reloads) attempt(reloads[event.event]);
  else if (backlog) backlog.push(event);
  else if (event.chat === personas.place.chat) reactions[event.event]?.(event);
}

function prepareMenu() {
  const blocked = personas.person?.standing === "blocked";
  const entries = [
    [blocked ? words.unblock : words.block, () => post(blocked ? "unblock" : "block", { person: personas.place.person })],
    [words.otherLanguage, () => location.assign(language === "en" ? "/" : "/?lang=en")],
    [words.reset, () => post("reset")],
  ];
  byId("more-menu").replaceChildren(
    ...entries.map(([label, act]) => {
      const entry = document.createElement("button");
      entry.type = "button";
      entry.role = "menuitem";
      entry.className = "entry";
      entry.textContent = label;
      entry.addEventListener("click", () => attempt(act));
      return entry;
    }),
  );
}

document.documentElement.lang = language === "en" ? "en" : "zh-Hans";
byId("start").textContent = words.start;
byId("start").addEventListener("click", () => say("/start"));
byId("alert-close").textContent = words.ok;
byId("to-bottom").setAttribute("aria-label", words.toBottom);
byId("more").setAttribute("aria-label", words.more);
document.addEventListener("click", (event) => {
  const menu = byId("more-menu");
  menu.hidden = !(event.target.closest("#more") && menu.hidden);
  if (!menu.hidden) prepareMenu();
});
status.online(false);
listen({
  onEvent: react,
  onOpen: () =>
    attempt(async () => {
      await personas.load();
      await open();
      status.online(true);
    }),
  onLost: () => status.online(false),
});
