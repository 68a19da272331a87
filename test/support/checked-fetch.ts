import type { Contract } from '../api/support/contract.js';

const breaches: string[] = [];
const servers = new Map<string, Promise<Contract | undefined>>();
const contracts = new Map<string, Contract>();

/** What answers of the API there were since the last call that its own document does not promise. */
export function takeBreaches(): string[] {
  // Another server may get the same port.
  servers.clear();
  return breaches.splice(0);
}

let isChecking = false;

/** From now on every answer of the API to a `fetch` of this process is held against the document that its server shows. */
export function checkAnswers(): void {
  if (isChecking) return;
  isChecking = true;
  const plain = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    if (!/^\/(api\/v1|health)\//i.test(url.pathname)) return plain(input, init);
    const contract = await contractOf(url.origin, (path) => plain(path, { signal: init?.signal }));
    const answer = await plain(input, init);
    const method = init?.method ?? 'GET';
    if (contract) await note(contract, { method, path: url.pathname, sent: init?.body }, answer);
    return answer;
  };
}

/** Undefined where there is none, because it is not all of Rollcall that answers there. */
function contractOf(origin: string, ask: typeof fetch): Promise<Contract | undefined> {
  const known = servers.get(origin) ?? read(`${origin}/docs/openapi.json`, ask);
  servers.set(origin, known);
  return known;
}

async function read(address: string, ask: typeof fetch): Promise<Contract | undefined> {
  const answer = await ask(address);
  if (!answer.ok) return undefined;
  const text = await answer.text();
  const { Contract } = await import('../api/support/contract.js');
  const contract = contracts.get(text) ?? new Contract(JSON.parse(text));
  contracts.set(text, contract);
  return contract;
}

/** The code that asked may well survive an answer that is wrong; the test must not. */
async function note(
  contract: Contract,
  request: { method: string; path: string; sent: unknown },
  answer: Response,
): Promise<void> {
  try {
    contract.check(request, answer, await answer.clone().text());
  } catch (error) {
    breaches.push(error instanceof Error ? error.message : String(error));
  }
}
