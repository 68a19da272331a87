/** Accounts made before GitHub's change of format keep their old node ids in every answer. */
const LEGACY_BELOW = 90_000_000;

const PREFIXES = {
  User: 'U',
  Organization: 'O',
  Team: 'T',
  OrganizationInvitation: 'OI',
} as const;

type NodeType = keyof typeof PREFIXES;

/** The `node_id` that GitHub shows for an account, or for what belongs to one: of the old form for old ones, of the new form for others. */
export function nodeIdOf(type: NodeType, id: number): string {
  return id < LEGACY_BELOW ? legacyNodeId(type, id) : newNodeId(type, id);
}

/** Both forms, since GitHub resolves either. */
export function nodeIdsOf(type: NodeType, id: number): string[] {
  return [legacyNodeId(type, id), newNodeId(type, id)];
}

function legacyNodeId(type: NodeType, id: number): string {
  return Buffer.from(`0${type.length}:${type}${id}`).toString('base64');
}

/** The new form is MessagePack of `[0, id]` behind a prefix for the type. */
function newNodeId(type: NodeType, id: number): string {
  const wide = id >= 2 ** 32;
  const packed = Buffer.alloc(wide ? 11 : 7);
  packed.set([0x92, 0x00, wide ? 0xcf : 0xce]);
  if (wide) packed.writeBigUInt64BE(BigInt(id), 3);
  else packed.writeUInt32BE(id, 3);
  return `${PREFIXES[type]}_${packed.toString('base64url')}`;
}
