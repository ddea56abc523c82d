/** The chat page: joins the sandbox's events with what is shown. */

import { get, listen, post, upload } from "./api.js";
import { Attachments } from "./attachments.js";
import { Calls } from "./calls.js";
import { Composer } from "./composer.js";
import { listenToKeys } from "./keys.js";
import { startParameter } from "./links.js";
import { alertBox, Status, toast } from "./notices.js";
import { Personas } from "./personas.js";
import { Replies } from "./replies.js";
import { botName, Results } from "./results.js";
import { language, words } from "./strings.js";
import { Taps } from "./taps.js";
import { Transcript } from "./transcript.js";

const byId = (id) => document.getElementById(id);

const status = new Status();
const calls = new Calls();
const replies = new Replies();
const attachments = new Attachments({ onChange: () => composer?.refresh(), onRefusal: toast });
const results = new Results({
  place: () => personas.place,
  onChosen: (send) => {
    composer.write("");
    transcript.follow();
    attempt(send);
  },
  onStart: (parameter) => {
    composer.write("");
    say(`/start ${parameter}`);
  },
});
const composer = new Composer({
  onSay: send,
  onWrite: (text) => attempt(() => results.follow(text)),
  mayBeEmpty: () => attachments.any,
});
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
  actions: {
    onCommand: say,
    onLink: follow,
    onKey: press,
    onReply: (message, item) => replies.begin(message, item),
    spins: (...place) => taps.spins(...place),
  },
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
  transcript.show(view.messages, { me: person, inGroup: chat !== person }, view.reactions);
  byId("bot-name").textContent = view.name;
  results.username = await botName();
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
  return attempt(() => post("say", { ...personas.place, text, ...replies.take() }));
}

/** Sends what was written, as the caption of the files if there are any. */
function send(text) {
  if (!attachments.any) return say(text);
  transcript.follow();
  const { reply_to: replyTo } = replies.take();
  const parts = attachments.take();
  return attempt(async () => {
    for (const [index, [kind, files]] of parts.entries()) {
      const fields = { ...personas.place, kind, caption: index === 0 ? text : "" };
      await upload(files, replyTo ? { ...fields, reply_to: replyTo } : fields);
    }
  });
}

/** Opens a link to the bot in the person's own chat with it, as an app does; false when it leads elsewhere. */
function follow(address) {
  const parameter = startParameter(address, results.username);
  if (parameter === null) return false;
  personas.goHome();
  say(`/start ${parameter}`);
  return true;
}

function press(message, row, column, button) {
  if (button.url) return follow(button.url) || window.open(button.url, "_blank", "noopener");
  if (button.copy_text) return copy(button.copy_text.text);
  const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (inline !== undefined) {
    composer.write(`@${results.username} ${inline}`);
    return byId("composer").focus();
  }
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
  reaction: ({ message_id: messageId, reactions: held }) => transcript.react(messageId, held),
};

const reloads = {
  people: () => personas.load(),
  commands: open,
  reset: () => personas.load().then(open).then(() => calls.clear()),
  call: () => calls.refresh(),
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
    [calls.open ? words.hideCalls : words.showCalls, () => calls.toggle()],
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
byId("messages").setAttribute("aria-label", words.messages);
document.addEventListener("click", (event) => {
  const menu = byId("more-menu");
  menu.hidden = !(event.target.closest("#more") && menu.hidden);
  byId("more").setAttribute("aria-expanded", String(!menu.hidden));
  if (menu.hidden) return;
  prepareMenu();
  if (event.detail === 0) menu.querySelector("button").focus();
});
listenToKeys({
  onReply: (item) => replies.begin(transcript.messageOf(item), item),
  onEscape: () => (replies.any ? replies.drop() : attachments.clear()),
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
