import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useState } from 'react';
import { examples, filled } from './examples.js';

function useOpenInNewTab() {
  const { addTab } = useGraphiQLActions();
  const query = useGraphiQL((state) => state.queryEditor);
  const variables = useGraphiQL((state) => state.variableEditor);
  return (example) => {
    addTab();
    query.setValue(example.query);
    variables?.setValue(filled(example.variables));
    query.focus();
  };
}

function ExamplesPanel() {
  const openInNewTab = useOpenInNewTab();
  const [opened, setOpened] = useState(null);
  const open = (example) => {
    openInNewTab(example);
    setOpened(example);
  };
  return (
    <section className="examples">
      <h2>Eksempler</h2>
      <p>Velg et eksempel. Det åpnes i en ny fane.</p>
      <p>Navn med dollartegn i variablene, som $patient, er id-er fra tidligere svar: sett dem inn.</p>
      <ul>
        {examples.map((example) => (
          <li key={example.title}>
            <button
              type="button"
              aria-current={example === opened}
              onClick={() => open(example)}
            >
              {example.title}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Icon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M8 6h12M8 12h12M8 18h12M3.5 6h.01M3.5 12h.01M3.5 18h.01" strokeLinecap="round" />
    </svg>
  );
}

export const examplesPlugin = { title: 'Eksempler', icon: Icon, content: ExamplesPanel };
