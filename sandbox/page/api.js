/** Talking to the sandbox: its control surface and its stream of events. */

export async function post(name, body = {}) {
  const response = await fetch(`/sandbox/${name}`, { method: "POST", body: JSON.stringify(body) });
  return understood(response);
}

/** Sends files as one message or one album; `fields` say who, where and as what. */
export async function upload(files, fields) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  for (const file of files) form.append("files", file);
  return understood(await fetch("/sandbox/attach", { method: "POST", body: form }));
}

export async function get(name, query = {}) {
  const response = await fetch(`/sandbox/${name}?${new URLSearchParams(query)}`);
  return understood(response);
}

async function understood(response) {
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

/** Calls `onEvent` with every event, `onOpen` after each connection and `onLost` when it breaks. */
export function listen({ onEvent, onOpen, onLost }) {
  const source = new EventSource("/sandbox/events");
  source.onopen = onOpen;
  source.onerror = onLost;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  return source;
}
