// The example queries: examples/NN-name.graphql, each with an optional NN-name.json of variables.

const queries = import.meta.glob('../examples/*.graphql', { query: '?raw', import: 'default', eager: true });
const variables = import.meta.glob('../examples/*.json', { query: '?raw', import: 'default', eager: true });

function titleOf(path, query) {
  const comment = query.match(/^#\s*(.+)/);
  return comment ? comment[1] : path.replace(/^.*\/(\d+-)?|\.graphql$/g, '');
}

export const examples = Object.keys(queries)
  .sort()
  .map((path) => ({
    title: titleOf(path, queries[path]),
    query: queries[path],
    variables: variables[path.replace(/graphql$/, 'json')] ?? '',
  }));
