/** How many deliveries are received at once in one process. */
const MAX_AT_ONCE = 2_000;

const MIB = 1024 * 1024;

/** How many bytes of bodies are held at once in one process. */
const MAX_BYTES = 64 * MIB;

/** Larger bodies share half of the bytes, so that a few of them do not keep out all others. */
const LARGE = MIB;
const MAX_LARGE_BYTES = 32 * MIB;

/** Limits what the deliveries that are being received hold in memory. */
export class DeliveryLimits {
  private atOnce = 0;
  private readonly held = { small: 0, large: 0 };

  /** A place for one delivery; undefined where there is none. Whoever takes it must leave it. */
  enter(): DeliveryPlace | undefined {
    if (this.atOnce >= MAX_AT_ONCE) return undefined;
    this.atOnce++;
    return new DeliveryPlace(this.held, () => this.atOnce--);
  }
}

/** What one delivery holds. */
export class DeliveryPlace {
  private bytes = 0;

  constructor(
    private readonly held: { small: number; large: number },
    private readonly onLeave: () => void,
  ) {}

  /** False where so many more bytes are too many. */
  hold(bytes: number): boolean {
    this.count(this.bytes + bytes);
    const { small, large } = this.held;
    if (small + large > MAX_BYTES) return false;
    return this.bytes <= LARGE || large <= MAX_LARGE_BYTES;
  }

  /** The body is not needed any more. */
  release(): void {
    this.count(0);
  }

  leave(): void {
    this.release();
    this.onLeave();
  }

  private count(bytes: number): void {
    this.held[sizeOf(this.bytes)] -= this.bytes;
    this.held[sizeOf(bytes)] += bytes;
    this.bytes = bytes;
  }
}

const sizeOf = (bytes: number) => (bytes > LARGE ? 'large' : 'small');
