// @ts-check
// What happens in the transcript elsewhere: others' changes, who is there, what is saved.

const WAITS = [300, 1000, 3000, 8000];

export class Live {
  /**
   * @param {string} base
   * @param {() => number} revision the newest that this page knows
   * @param {{changed: (told: any) => void, here: (pages: {page: string, id: string, name: string, turn: string | null}[], own: string) => void, saved: (told: any) => void, lost: () => void}} told
   */
  constructor(base, revision, told) {
    this.base = base;
    this.revision = revision;
    this.told = told;
    this.page = "";
    this.tries = 0;
    /** @type {string | null} */
    this.turn = null;
    /** @type {WebSocket | null} */
    this.socket = null;
    this.#open();
    addEventListener("online", () => this.#open());
  }

  #open() {
    if (this.socket && this.socket.readyState <= WebSocket.OPEN) return;
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${this.base}/live?since=${this.revision()}`);
    this.socket = socket;
    socket.addEventListener("message", (event) => this.#hear(JSON.parse(event.data)));
    socket.addEventListener("open", () => {
      this.tries = 0;
      if (this.turn) this.#say();
    });
    socket.addEventListener("close", () => {
      if (this.socket !== socket) return;
      this.told.lost();
      setTimeout(() => this.#open(), WAITS[Math.min(this.tries++, WAITS.length - 1)]);
    });
  }

  /** @param {any} said */
  #hear(said) {
    if (said.page) this.page = said.page;
    if (said.type === "change") this.told.changed(said);
    else if (said.type === "here") this.told.here(said.pages, this.page);
    else if (said.type === "saved") this.told.saved(said);
  }

  /** Tell the others which turn is edited here. @param {string | null} turn */
  edits(turn) {
    if (turn === this.turn) return;
    this.turn = turn;
    this.#say();
  }

  #say() {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ turn: this.turn }));
  }
}
