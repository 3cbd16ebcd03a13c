/**
 * People with those below them, from the flat list of the server.
 *
 * Whose superior is not on the list stands at the top: a leader's own superior is not shown to him.
 *
 * @param {Object[]} people as `incom.org.chart.get_tree` gives them
 * @returns {{ trees: Object[], alone: Object[], archived: Object[] }} nodes `{ person, below }`:
 *      those with people below, those with neither superior nor people below, and the archived of them
 */
export function buildForest(people) {
    const nodes = new Map(people.map((person) => [person.id, { person, below: [] }]));
    const tops = [];
    for (const node of nodes.values()) {
        const above = nodes.get(node.person.manager_id);
        (above ? above.below : tops).push(node);
    }
    const placed = tops.filter((node) => node.below.length || node.person.manager_id);
    const others = tops.filter((node) => !placed.includes(node));
    return {
        trees: placed,
        alone: others.filter((node) => node.person.active),
        archived: others.filter((node) => !node.person.active),
    };
}

/** Ids of a node and of all below it. */
export function idsWithin(node) {
    return [node.person.id, ...node.below.flatMap(idsWithin)];
}

/** The node of a person, wherever it stands. */
export function findNode(nodes, id) {
    for (const node of nodes) {
        const found = node.person.id === id ? node : findNode(node.below, id);
        if (found) {
            return found;
        }
    }
}
