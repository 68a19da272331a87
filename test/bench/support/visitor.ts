import type { House } from './house.js';
import { MeasuredProcess } from './measured-process.js';

/** Pages that warm up. */
const WARM_UP = 30;

/** One signed-in person who asks for the members page, one time after the other, from a process of their own. */
export class Visitor {
  private constructor(
    private readonly load: MeasuredProcess,
    private readonly page: object,
  ) {}

  static async of(house: House): Promise<Visitor> {
    const headers = { cookie: (await house.signIn()).cookie, 'accept-encoding': 'gzip' };
    const page = { url: house.url, path: house.members, method: 'GET', headers, connections: 1 };
    const visitor = new Visitor(new MeasuredProcess('load'), page);
    await visitor.visit(WARM_UP);
    return visitor;
  }

  /** How long each page took, in ms. */
  visit(requests: number): Promise<number[]> {
    return this.load.call('load', { ...this.page, requests });
  }

  leave(): Promise<void> {
    return this.load.end();
  }
}
