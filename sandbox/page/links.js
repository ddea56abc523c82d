/** Links into a chat with the bot itself, such as https://t.me/bot?start=words, which an app opens in place. */

const HOSTS = new Set(["t.me", "telegram.me", "telegram.dog"]);

/** The words behind `start`, null when the address leads elsewhere. */
export function startParameter(address, username) {
  const { name, parameter } = read(address);
  return name && name.toLowerCase() === username.toLowerCase() ? parameter : null;
}

function read(address) {
  const url = URL.canParse(address) ? new URL(address) : null;
  const parameter = url?.searchParams.get("start") ?? null;
  if (url?.protocol === "tg:") return { name: url.searchParams.get("domain"), parameter };
  return { name: HOSTS.has(url?.hostname) ? url.pathname.slice(1) : null, parameter };
}
