// Shows a decision. Everything that comes from policies or requests becomes text, never markup.

import { locate, markedText } from './policy-text.js';

const LAYERS = {
  rcp: 'Resource control policies',
  scp: 'Service control policies',
  resource: 'Resource-based policy',
  trust: 'Role trust policy',
  identity: 'Identity-based policies',
  boundary: 'Permissions boundary',
  session: 'Session policies',
  'vpc-endpoint': 'VPC endpoint policy',
};
const VERDICTS = {
  ALLOWS: ['✓ allows', 'badge allow'],
  DENIES: ['✕ denies', 'badge deny'],
  SILENT: ['○ says nothing', 'badge none'],
  NOT_APPLICABLE: ['not asked', 'badge plain'],
};
const DECISIONS = {
  ALLOW: ['✓ Allowed', 'allow'],
  EXPLICIT_DENY: ['✕ Denied explicitly', 'deny'],
  IMPLICIT_DENY: ['✕ Denied: nothing allows it', 'none'],
};
const SHOWN = 8;
let numbers = 0;

/** An element with text and elements in it. */
export function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

/**
 * Shows an answer in a place.
 * textOf(statement) promises the text of a statement's policy; addKey(name) begins a context key.
 */
export function show(place, answer, textOf, addKey) {
  place.replaceChildren(verdict(answer));
  if (answer.error || !answer.layers) return;
  const statement = (ref, open) => statementView(ref, textOf, open);
  if (answer.missingKeys.length > 0) place.append(...missing(answer.missingKeys, addKey));
  if (answer.deciding.length > 0) {
    place.append(
      element('h3', {}, answer.deciding.length === 1 ? 'The statement that decided' : 'The statements that decided'),
      ...answer.deciding.map((ref, index) => statement(ref, index < 3)),
    );
  }
  place.append(element('h3', {}, 'What each layer says'), layers(answer.layers, statement));
  if (answer.nearMisses.length > 0) {
    place.append(
      element('h3', {}, 'What came closest'),
      element('ol', { class: 'misses' }, ...answer.nearMisses.map((miss) => nearMiss(miss, statement))),
    );
  }
  if (answer.problems.length > 0) {
    const items = answer.problems.map((problem) =>
      element('li', {}, statement(problem.statement, false), element('p', { class: 'note' }, problem.message)));
    place.append(
      element('h3', {}, 'Conditions that could not be evaluated'),
      element('ul', { class: 'misses' }, ...items),
    );
  }
}

/** One sentence for those who listen. */
export function spoken(answer) {
  const word = answer.error ? 'Not decided, so denied' : DECISIONS[answer.decision][0].slice(2);
  return `${word}. ${answer.error ? answer.error.message : answer.reason || ''}`;
}

function verdict(answer) {
  const [word, style] = answer.error ? ['Not decided, so denied', 'deny'] : DECISIONS[answer.decision];
  const box = element('div', { class: `verdict ${style}` }, element('p', { class: 'word' }, word));
  const why = answer.error ? answer.error.message : answer.reason;
  if (why) box.append(element('p', { class: 'why' }, why));
  if (answer.id) box.append(element('p', { class: 'id' }, 'Decision ', element('code', {}, answer.id)));
  return box;
}

function missing(keys, addKey) {
  const chips = keys.map((key) => {
    const add = element('button', { type: 'button', 'aria-label': `Add context key ${key}` }, '+ ', element('code', {}, key));
    add.addEventListener('click', () => addKey(key));
    return element('li', {}, add);
  });
  return [
    element('h3', {}, 'Context keys that statements wanted and the request lacks'),
    element('ul', { class: 'chips missing' }, ...chips),
  ];
}

function layers(list, statement) {
  return element('ol', { class: 'layers' }, ...list.map((layer) => {
    const [word, style] = VERDICTS[layer.verdict];
    const about = element('div', {}, element('span', { class: 'name' }, LAYERS[layer.type] || layer.type));
    if (layer.place) about.append(' ', element('span', { class: 'place' }, layer.place));
    if (layer.note) about.append(' ', element('span', { class: 'note' }, `– ${layer.note}`));
    about.append(...layer.matched.map((ref) => statement(ref, false)));
    const item = element('li', {}, element('span', {}, element('span', { class: style }, word)), about);
    if (layer.verdict === 'NOT_APPLICABLE') item.className = 'idle';
    return item;
  }));
}

function nearMiss(miss, statement) {
  const rows = element('dl', {});
  const row = (name, ...content) => rows.append(element('dt', {}, name), element('dd', {}, ...content));
  row('Failed at', miss.failed === 'condition' ? element('code', {}, `${miss.operator} ${miss.key}`) : miss.failed);
  row('It wants', ...values(miss.wanted));
  row('The request has', ...(miss.seen === null ? ['nothing'] : values(miss.seen)));
  return element('li', {}, statement(miss.statement, false), rows);
}

function values(list) {
  if (list.length === 0) return ['nothing'];
  const words = (some) => some.flatMap((value, index) => [index > 0 ? ', ' : '', element('code', {}, value)]);
  if (list.length <= SHOWN) return words(list);
  return [
    ...words(list.slice(0, SHOWN)),
    element('details', {}, element('summary', {}, `and ${list.length - SHOWN} more`), ...words(list.slice(SHOWN, 1000))),
  ];
}

/** A button that opens the statement in the text of its policy. */
function statementView(ref, textOf, open) {
  const name = ref.sid === undefined ? `#${ref.number}` : ref.sid;
  const id = `text-${++numbers}`;
  const button = element(
    'button',
    { type: 'button', 'aria-expanded': 'false', 'aria-controls': id },
    `${ref.effect} ${ref.policy} [${name}] ${ref.line}:${ref.column}`,
  );
  const below = element('div', { id });
  const toggle = async () => {
    const opening = button.getAttribute('aria-expanded') === 'false';
    button.setAttribute('aria-expanded', String(opening));
    below.replaceChildren();
    if (opening) {
      const figure = await figureOf(ref, textOf);
      if (button.getAttribute('aria-expanded') === 'true') {
        below.replaceChildren(figure);
        scrollToMark(figure);
      }
    }
  };
  button.addEventListener('click', toggle);
  if (open) toggle();
  return element('div', { class: 'statement' }, button, below);
}

async function figureOf(ref, textOf) {
  const figure = element('figure', { class: 'text' });
  try {
    const { text, parameters } = await textOf(ref);
    const span = locate(text, ref.line, ref.column);
    const caption = element('figcaption', {}, element('code', {}, ref.policy), ` line ${ref.line}, column ${ref.column}`);
    for (const [key, value] of Object.entries(parameters)) {
      caption.append('; ', element('code', {}, `{{${key}}}`), ' is ', element('code', {}, value));
    }
    figure.append(caption);
    if (span === null) {
      figure.append(element('p', { class: 'notice' }, 'The policy has changed since; decide again to see it.'));
    } else {
      const pre = markedText(text, span, ref.effect);
      pre.tabIndex = 0;
      pre.setAttribute('role', 'region');
      pre.setAttribute('aria-label', `Text of ${ref.policy}`);
      figure.append(pre);
    }
  } catch (problem) {
    figure.append(element('p', { class: 'notice' }, `The text is not shown: ${problem.message}.`));
  }
  return figure;
}

function scrollToMark(figure) {
  const pre = figure.querySelector('pre');
  const mark = figure.querySelector('mark');
  // What fits from the top stays there.
  if (pre && mark && mark.offsetTop > 96) pre.scrollTop = mark.offsetTop - 40;
}
