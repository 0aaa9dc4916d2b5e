// The examples: examples/NN-name.graphql, each with an optional NN-name.json of variables.
// In variables, {now} and the like are filled in here, $names by the reader.

const queries = import.meta.glob('../examples/*.graphql', { query: '?raw', import: 'default', eager: true });
const variables = import.meta.glob('../examples/*.json', { query: '?raw', import: 'default', eager: true });

const DAY = 24 * 60 * 60 * 1000;
const moment = (days) => new Date(Date.now() + days * DAY).toISOString();
const FILLED = {
  now: () => moment(0),
  yesterday: () => moment(-1).slice(0, 10),
  later: () => moment(90).slice(0, 10),
  key: () => crypto.randomUUID(),
};

function titleOf(path, query) {
  const comment = query.match(/^#\s*(.+)/);
  return comment ? comment[1] : path.replace(/^.*\/(\d+-)?|\.graphql$/g, '');
}

// Every time an example is opened it is a new act, so it gets a new idempotency key.
export function filled(text) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => FILLED[name]?.() ?? whole);
}

export const examples = Object.keys(queries)
  .sort()
  .map((path) => ({
    title: titleOf(path, queries[path]),
    query: queries[path],
    variables: variables[path.replace(/graphql$/, 'json')] ?? '',
  }));
