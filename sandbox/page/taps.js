/** Taps that wait for the bot's answer, each known by its callback query. */

const PATIENCE = 10_000;

export class Taps {
  #waiting = new Map();
  #answeredEarly = new Set();

  /** `onChange` is called whenever a spinner has to be shown or hidden, `onSilence` when an answer is overdue. */
  constructor({ onChange, onSilence }) {
    this.onChange = onChange;
    this.onSilence = onSilence;
  }

  /** Tells whether a button still spins. */
  spins(messageId, row, column) {
    return this.#waiting.has(`${messageId}:${row}:${column}`);
  }

  /** Taps a button through `send`, which resolves to the new callback query. */
  async tap(messageId, row, column, send) {
    const key = `${messageId}:${row}:${column}`;
    if (this.#waiting.has(key)) return;
    const timer = setTimeout(() => this.#overdue(key), PATIENCE);
    this.#waiting.set(key, { timer, query: null });
    this.onChange(messageId);
    try {
      const { callback_query_id: query } = await send();
      const entry = this.#waiting.get(key);
      if (entry) entry.query = query;
      if (this.#answeredEarly.delete(query)) this.#end(key);
    } catch (error) {
      this.#end(key);
      throw error;
    }
  }

  /** Stops the spinner of an answered query, even one whose number is not known yet. */
  answered(query) {
    const found = [...this.#waiting].find(([, entry]) => entry.query === query);
    if (found) this.#end(found[0]);
    else this.#answeredEarly.add(query);
  }

  #overdue(key) {
    this.#end(key);
    this.onSilence();
  }

  #end(key) {
    const entry = this.#waiting.get(key);
    if (!entry) return;
    clearTimeout(entry.timer);
    this.#waiting.delete(key);
    this.onChange(Number(key.split(":")[0]));
  }
}
