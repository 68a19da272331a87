/** Something that a test waits for, and something else gives. */
export class Signal {
  give!: () => void;
  readonly given = new Promise<void>((resolve) => {
    this.give = resolve;
  });
}
