import type { AskedPeople, IdentitySubject } from '../client/identity-query.js';
import type { IdentityFields } from '../client/profile-question.js';
import type { IdentitiesBesideProfiles } from '../client/profiles.js';
import { type IdentityNames, namesOf, type ReadIdentity } from '../errors/identity-answers.js';
import type { PinnedOrganization } from '../organization.js';
import { type IdentitiesRead, noteIdentities } from './ask-identities.js';

/** Keeps who people are at work where it came with their profiles. `readIdentities` asks for the rest. */
export class BesideProfiles implements IdentitiesBesideProfiles {
  fields: IdentityFields | undefined;
  /** Of people who were asked for and not taken, by node id. */
  private readonly names = new Map<string, IdentityNames[]>();

  /** @param asked what the credential should be able to see */
  constructor(
    readonly organization: PinnedOrganization,
    private readonly read: IdentitiesRead,
    private readonly asked: IdentityFields,
  ) {
    this.fields = asked.identities || asked.verifiedEmails ? asked : undefined;
  }

  note(people: IdentitySubject[], found: AskedPeople): void {
    const { read } = this;
    noteIdentities(read, people, found);
    if (found.identities === undefined) return;
    read.areTogether ??= read.isSetUp;
    if (found.identities) this.keep(people, found.identities.nodes);
    // Nothing more is to be had where single sign-on is not set up.
    else if (this.fields) this.fields = { ...this.fields, identities: false };
  }

  take(nodeId: string): ReadIdentity | undefined {
    const { read, asked, names } = this;
    const identities = names.get(nodeId);
    const verifiedEmails = read.verifiedEmails.get(nodeId);
    names.delete(nodeId);
    const lacks =
      (asked.identities && read.isSetUp && !identities) ||
      (asked.verifiedEmails && !verifiedEmails);
    return lacks ? undefined : { identities, verifiedEmails };
  }

  stop(): void {
    this.fields = undefined;
  }

  private keep(people: IdentitySubject[], nodes: Parameters<typeof namesOf>[0][]): void {
    for (const { nodeId } of people) this.names.set(nodeId, []);
    for (const node of nodes) this.names.get(node.user?.id ?? '')?.push(namesOf(node));
  }
}
