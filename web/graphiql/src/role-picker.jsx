import { useEffect, useState } from 'react';
import { people } from './token.js';

const NOBODY = { name: '', title: 'Ikke innlogget', description: 'Spør uten token.' };
const KEY = 'dbep:role';

export function rememberedRole() {
  return sessionStorage.getItem(KEY) ?? 'clinician';
}

function usePeople() {
  const [known, setKnown] = useState([]);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    people().then(setKnown, () => setProblem('Fant ingen testpersoner. Kjører utstederen?'));
  }, []);
  return { known, problem };
}

export function RolePicker({ role, onPick }) {
  const { known, problem } = usePeople();
  const choices = [...known, NOBODY];
  const chosen = choices.find((person) => person.name === role) ?? choices[0];

  // Falls back to the first test person when the remembered one does not exist.
  useEffect(() => {
    if (known.length && chosen.name !== role) onPick(chosen.name);
  }, [known, chosen.name, role, onPick]);

  const pick = (name) => {
    sessionStorage.setItem(KEY, name);
    onPick(name);
  };
  return (
    <header className="bar">
      <strong>DBEP</strong>
      <label htmlFor="role">Spør som</label>
      <select id="role" value={chosen.name} onChange={(event) => pick(event.target.value)}>
        {choices.map(({ name, title }) => (
          <option key={name} value={name}>
            {name ? `${title} (${name})` : title}
          </option>
        ))}
      </select>
      <span role="status">{problem || chosen.description}</span>
      <em>Syntetiske data</em>
    </header>
  );
}
