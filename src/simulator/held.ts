/** Requests that wait for a test's word. */
export class Held {
  /** Settles when the first request is waiting. */
  readonly arrived: Promise<void>;
  private readonly released: Promise<void>;
  private announce: () => void = () => {};
  private letGo: () => void = () => {};

  constructor() {
    this.arrived = new Promise((resolve) => {
      this.announce = resolve;
    });
    this.released = new Promise((resolve) => {
      this.letGo = resolve;
    });
  }

  /** Lets all that wait go on, and holds nobody any more. */
  release(): void {
    this.letGo();
  }

  /** For the simulator itself. */
  async wait(): Promise<void> {
    this.announce();
    await this.released;
  }
}
